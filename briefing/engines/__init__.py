"""What we ask of a database that Django's own backend does not do."""
