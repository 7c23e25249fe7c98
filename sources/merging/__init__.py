"""Two records that are one: what a merge moves, the merge itself, and undoing it."""
