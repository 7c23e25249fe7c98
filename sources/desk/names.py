"""The names the desk knows, for finding them in texts; and how new ones are added."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

from entities.models import Alias, Entity, Event, Organisation, Person
from entities.records import Status
from sources import lookup, settling, slugs
from sources.models import AliasUse, Source
from sources.reading.mentions import Names, Row, known_names

GONE = [Status.WITHDRAWN, Status.RETRACTED]
KINDS: dict[str, type[Entity]] = {
    "person": Person,
    "organisation": Organisation,
    "event": Event,
}


def known() -> Names:
    """Every name and alias, drafts included; read anew when one has changed."""
    return known_names(_version(), _rows)


def _version() -> Hashable:
    """Another one after each change of a name: the last rows of the two histories."""
    last = [
        model.history.order_by("-history_id")
        .values_list("history_id", "history_date")
        .first()
        for model in (Entity, Alias)
    ]
    return ("desk", *last)


def _rows() -> Iterator[Row]:
    entities = Entity.objects.exclude(status__in=GONE).filter(merged_into=None)
    yield from entities.values_list("name", "folded", "pk").iterator()
    aliases = Alias.objects.exclude(status__in=GONE).filter(
        entity__in=entities.values("pk")
    )
    yield from aliases.values_list("text", "folded", "entity").iterator()


def by_key(keys: Iterable[int]) -> dict[int, Entity]:
    """Entities by their primary key."""
    return {entity.pk: entity for entity in Entity.objects.keyed(keys)}


def matching(query: str, most: int = 12) -> list[Entity]:
    """Entities for a type-ahead, those whose name begins so first."""
    found = Entity.objects.keyed(lookup.entities(query)).filter(merged_into=None)
    rows = found.exclude(status__in=GONE).order_by("sort_name", "id")[: lookup.MOST]
    begins = query.strip().casefold()
    return sorted(rows, key=lambda row: not row.name.casefold().startswith(begins))[
        :most
    ]


def one(text: str, slug: str = "") -> Entity | None:
    """The entity that was chosen, or that alone goes by this name; None for neither.

    Raises ValidationError where several do: nobody is chosen by guessing.
    """
    standing = Entity.objects.filter(merged_into=None)
    if slug:
        chosen: Entity | None = standing.by_key(slug).first()
        if chosen is None:
            raise ValidationError(f"There is no record “{slug}” any more.")
        return chosen
    if not text.strip():
        return None
    found = list(standing.named(text)[:10]) or list(standing.by_key(text.strip()))
    if len(found) > 1:
        names = "; ".join(
            f"{one} ({one.get_kind_display()}): {one.slug}" for one in found
        )
        raise ValidationError(
            f"Several go by this name. Give the address of the one meant: {names}."
        )
    return found[0] if found else None


def add(user: Any, source: Source, text: str, kind: str, of: str = "") -> Any:
    """Make a draft of a name met in a source: a person, a body, or a name form.

    `of`: the entity, by slug or name, that goes by it too. Raises ValidationError.
    """
    with settling.together():
        if kind == "alias":
            return _add_alias(user, source, text, of)
        if kind not in KINDS:
            raise ValidationError("Choose person, organisation, event or alias.")
        entity = KINDS[kind](name=text, created_by=user)
        entity.slug = slugs.make_slug(entity)
        entity.full_clean()
        entity._change_reason = "Met in a source"
        entity.save()
        return entity


def _add_alias(user: Any, source: Source, text: str, of: str) -> Alias:
    entity = one(of)
    if entity is None:
        raise ValidationError(f"There is no record “{of}”: add it first.")
    alias = Alias.objects.filter(entity=entity, text=text).first()
    if alias is None:
        alias = Alias(entity=entity, text=text, created_by=user)
        alias.full_clean()
        alias._change_reason = "Met in a source"
        alias.save()
    if not AliasUse.objects.filter(alias=alias, source=source).exists():
        AliasUse(alias=alias, source=source, created_by=user).save()
    return alias
