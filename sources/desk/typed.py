"""What was typed into a form of the desk, as it can be shown and sent again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

# Neither kept nor shown.
SECRET = re.compile(r"password|csrfmiddlewaretoken|secret|token", re.IGNORECASE)
# A form's own workings: sent again, but nobody typed them.
WORKINGS = re.compile(
    r"^_|__prefix__|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-id$|^initial-"
    r"|^(.+-)?seen(_version)?$|^(post|action|index|select_across|restores|apply)$"
)
ROW = re.compile(r"^(?P<rows>.+)-(?P<number>\d+)-(?P<field>.+)$")


class Typed(NamedTuple):
    """One value under one name; a longer one is shown in a taller box."""

    name: str
    label: str
    value: str
    is_shown: bool

    @property
    def rows(self) -> int:
        return min(14, 1 + len(self.value) // 70 + self.value.count("\n"))


def typed_into(request: HttpRequest, data: QueryDict) -> list[Typed]:
    """Every value of the form but its secrets, the longest first."""
    model = _model(request)
    found = [
        Typed(name, _label(model, name), value, _is_shown(name, value))
        for name, value in _values(data)
    ]
    return sorted(found, key=lambda one: -len(one.value))


def _values(data: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in data.lists():
        if not SECRET.search(name):
            for value in values:
                yield name, value


def _is_shown(name: str, value: str) -> bool:
    return bool(value.strip()) and not WORKINGS.search(name)


def _model(request: HttpRequest) -> Any:
    """The table whose page it is, if it is a table's."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(getattr(view, "model_admin", None), "model", None)


def _label(model: Any, name: str) -> str:
    row = ROW.match(name)
    if row is None:
        return _named(model, name)
    rows = row["rows"].replace("_", " ")
    number = int(row["number"]) + 1 if len(row["number"]) < 6 else row["number"]
    return f"{capfirst(rows)} {number}: {_named(None, row['field'])}"


def _named(model: Any, name: str) -> str:
    if model is not None:
        try:
            return str(capfirst(model._meta.get_field(name).verbose_name))
        except (FieldDoesNotExist, AttributeError):
            pass
    return str(capfirst(name.replace("_", " ")))
