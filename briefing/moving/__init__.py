"""A whole database carried to another engine or place, and held against the first."""
