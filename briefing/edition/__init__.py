"""The static edition: the reader's site as files that any host can serve."""
