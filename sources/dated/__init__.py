"""A record as it stood on a day: its neighbourhood, made again from the histories."""
