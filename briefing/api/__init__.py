"""The open data: what readers see, as JSON under /api/v1/.

Plain rows become plain values (`shapes`), in one shape for each kind (`records`),
by way of the same query sets and filters as the pages (`resources`).
"""
