"""Staff's lists beside plain ones: first, deep and filtered pages, search, choosing.

The plain list shows the same rows in as many columns with what Django has at hand:
exact counts, `icontains`, related rows read along, and nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models, transaction
from django.test import Client
from django.urls import include, path

from bench.collection import _vocabulary
from bench.figures import Figure, figure, ratios
from bench.reading import hello
from entities.models import Entity, Organisation
from sources.desk.urls import desk_urls
from sources.models import Claim, Evidence, Question, Source

TARGET = "<= 1.6"
ROUNDS = 3
PAGE = 50
# What a row of a list has, and what is asked while somebody types a record's name.
ROW = b'class="action-select"'
CHOOSING = "autocomplete/?app_label=sources&model_name=claim&field_name=subject&term="
# By model its name in the table, and the column that a plain search goes through.
LISTS: dict[type[models.Model], tuple[str, str]] = {
    Claim: ("claims", "statement"),
    Evidence: ("evidence", "quote"),
    Source: ("sources", "title"),
    Organisation: ("organisations", "name"),
    Question: ("questions", "slug"),
}
# Their ranks among the words of the collection, the commonest first.
WORDS = {"common": 0, "rare": 4000}


class PlainSite(admin.AdminSite):
    """Django's own, in the frame that staff see around ours, with what it leads to."""

    def get_urls(self) -> Any:
        factor = path("second-factor/", hello, name="factor")
        return [factor, *desk_urls(self.admin_view), *super().get_urls()]


plain = PlainSite(name="plain")
# Ours are read with the desk's addresses, which nobody has asked for yet.
admin.autodiscover()


def _plainly(model: type[models.Model], column: str) -> type[admin.ModelAdmin[Any]]:
    """As many columns, the same rows in the same order."""
    own: Any = admin.site.get_model_admin(model)
    names = [name for name in own.list_display if hasattr(model, name)]
    columns = [column] * (len(own.list_display) - len(names)) + names
    given = {
        "list_display": [names[0], *columns[1:]] if names else columns,
        "list_select_related": own.list_select_related,
        "list_per_page": PAGE,
        "ordering": own.ordering,
        "search_fields": [column],
        "list_filter": ["status"] if hasattr(model, "status") else ["state"],
    }
    return type("Plain", (admin.ModelAdmin,), given)


for _model, (_, _column) in LISTS.items():
    plain.register(_model, _plainly(_model, _column))
plain.register(Entity, search_fields=["name"], ordering=["name"])
# Beside each list stands what else can be opened: as much as beside ours.
for _model in admin.site._registry.keys() - {*LISTS, Entity}:
    plain.register(_model)

urlpatterns = [path("plain/", plain.urls), path("", include("briefing.urls"))]


def measure(size: str) -> Iterator[Figure]:
    """Nothing of the account that asks is left in the database."""
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    with transaction.atomic():
        client = Client()
        client.force_login(User.objects.create_superuser("bench"))
        yield from _measured(client, size)
        transaction.set_rollback(True)


def _measured(client: Client, size: str) -> Iterator[Figure]:
    for model, (name, _) in LISTS.items():
        meta = model._meta
        listed = f"{meta.app_label}/{meta.model_name}/"
        yield _beside(client, f"admin {name}: list", size, listed)
    vocabulary = _vocabulary(random.Random(1))
    pages = {"deep": "p=100", "filtered": "status__exact=published"}
    pages |= {f"search, {words}": f"q={vocabulary[n]}" for words, n in WORDS.items()}
    for words, query in pages.items():
        yield _beside(client, f"admin claims: {words}", size, f"sources/claim/?{query}")
    rare = Entity.objects.order_by("-pk")[7].name.split()[-1]
    typed = {"common": vocabulary[0], "three letters": vocabulary[0][:3], "rare": rare}
    for words, letters in typed.items():
        name = f"admin choosing a subject: {words}"
        yield _beside(client, name, size, CHOOSING + letters, b'"text"')


def _beside(
    client: Client, name: str, size: str, address: str, row: bytes = ROW
) -> Figure:
    ours, theirs = (
        _asking(client, f"/{site}/{address}", row) for site in ("admin", "plain")
    )
    # What is aimed at is that a list stays as quick with a million claims.
    target = TARGET if size == "1m" else ""
    return figure(name, size, ratios(ours, theirs, ROUNDS), target)


def _asking(client: Client, address: str, row: bytes) -> Callable[[], Any]:
    """The page, or the choices; nothing is timed that has no rows."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert row in answer.content, address
    return lambda: client.get(address)
