"""Briefings to hand in: one composition as a plain tree, and a writer for each form."""
