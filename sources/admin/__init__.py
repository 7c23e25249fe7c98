"""The editors' desk in Django's admin: every table, under the rules of the desk.

Tables of `entities` are here too: who may change a published name, and what waits for
a second person, is known in this room and not in the one below.
"""

from sources.admin import (  # noqa: F401
    care,
    claims,
    decisions,
    entities,
    evidence,
    notes,
    proposals,
    questions,
    sources,
    tokens,
)
