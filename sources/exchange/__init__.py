"""Records in and out: what they look like in files, and the one importer."""
