"""The reading desk's machinery: pure functions from a text to what is shown of it."""
