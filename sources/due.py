"""What a change has left to be settled."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Due:
    """Primary keys of what has to be settled."""

    claims: set[int] = field(default_factory=set)
    questions: set[int] = field(default_factory=set)
    origins: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    # Questions that a claim has left; questions whose words have changed.
    left: set[int] = field(default_factory=set)
    reworded: set[int] = field(default_factory=set)
    # Whether all is worked out anew, though nobody changed it.
    is_rebuild: bool = False
