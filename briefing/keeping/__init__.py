"""Keeping the database: copies of it, and putting one back."""
