"""The editors' own pages beside the tables: reading, checking, deciding, merging."""
