"""The public records in the formats of the field: docs/formats.md has the mappings."""
