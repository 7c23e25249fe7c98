"""Sources out of other programs' files: what each says, and whether we have it."""
