"""Who and what: people, organisations and events, and the names they go by."""

from entities.models.addresses import Redirect
from entities.models.entities import (
    SLUG_HELP,
    Entity,
    EntityQuerySet,
    Event,
    Organisation,
    Person,
)
from entities.models.names import Alias, Distinction
from entities.models.writes import LastWrite

__all__ = [
    "SLUG_HELP",
    "Alias",
    "Distinction",
    "Entity",
    "EntityQuerySet",
    "Event",
    "LastWrite",
    "Organisation",
    "Person",
    "Redirect",
]
