"""What is public as flat tables: views on the database, and an edition in one file."""
