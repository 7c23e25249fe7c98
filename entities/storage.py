"""What an error says of the database: that it could not, rather than would not."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError


def is_of_storage(error: Exception) -> bool:
    """Whether the database could not take or give it: away, locked, full, damaged."""
    kinds = (OperationalError, InterfaceError, InternalError)
    return isinstance(error, kinds) or type(error) is DatabaseError


def is_held(error: Exception) -> bool:
    """Whether somebody else wrote for longer than one waits."""
    told = str(error)
    return "locked" in told or "lock timeout" in told
