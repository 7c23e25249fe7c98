"""What one change touches: writing only that gives what writing everything gives."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from entities.models import Alias, Distinction, Entity
from sources import erasing, settling
from sources.merging import doing, plan
from sources.models import Approach, Claim, Correction, Evidence, Finding, Source
from tests.cast import (
    Cast,
    build,
    cite,
    make_claim,
    make_event,
    make_organisation,
    make_person,
    make_source,
)
from tests.edition import differing, files, publish

LOT = {"amount": 9_000_000, "unit": "USD", "bound": "more_than"}
HOUR = datetime.timedelta(hours=1)
Edit = Callable[[Cast], Any]


def changed(record: Any, **fields: Any) -> Any:
    """Save a record anew, as the database has it now, with these fields."""
    fresh = type(record)._base_manager.get(pk=record.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    return fresh


def edit(which: str, /, **fields: Any) -> Edit:
    return lambda cast: changed(getattr(cast, which), **fields)


def passage(cast: Cast, **fields: Any) -> Any:
    return changed(Evidence.objects.get(slug="founded-2015-courier-copy"), **fields)


def alias(cast: Cast) -> None:
    Alias(entity=cast.ada, text="Ада Вэнс", status="published").save()


def decide(cast: Cast) -> None:
    question = Claim.objects.get(pk=cast.founded_2015.pk).question
    finding = Finding(
        question=question, outcome="preferred", reason="The firm.", decided_by="Desk"
    )
    finding.save()
    settling.relate(finding, "preferred", [cast.founded_2015])


def declare(cast: Cast) -> None:
    settling.relate(cast.cost_about, "contradicts", [cast.cost_less])


def correct(cast: Cast) -> None:
    Correction(
        slug="put-right", entity=cast.northwind, said="A.", says="B.", reason="C."
    ).save()


def ask(cast: Cast) -> None:
    Approach(
        slug="asked", claim=cast.cost_about, asked=cast.ada, asked_on="2026-01-02"
    ).save()


def tell_apart(cast: Cast) -> None:
    Distinction(first=cast.ada, second=cast.northwind, reason="A firm.").save()


def cited(cast: Cast) -> None:
    changed(cast.ada, summary="She began early. [[founded-2015]]")
    changed(cast.founded_2015, statement="It began in 2015, she says.")


def date_an_event(cast: Cast) -> None:
    opening = make_event("Opening Day")
    held = changed(cast.founded_on, fills="date")
    claim = make_claim(opening, held, "opened", date="2017-03")
    cite(claim, cast.post, "set up")


def merge(cast: Cast) -> None:
    other = make_organisation("Northwind Laboratories")
    user = User.objects.create_superuser("root")
    seen = plan.of(other, cast.northwind).fingerprint
    doing.merge(other, cast.northwind, user, "The same.", seen)


def erase(cast: Cast) -> None:
    user = User.objects.create_superuser("root")
    record = Claim.objects.get(pk=cast.founded_2016.pk)
    erasing.erase(record, user, "Asked for.", with_dependants=True)


def end_embargo(cast: Cast) -> None:
    past = timezone.now() - HOUR
    Source.objects.filter(slug="late-source").update(not_before=past)
    settling.end_embargoes()


def behind_the_back(cast: Cast) -> None:
    Claim.objects.filter(pk=cast.founded_2016.pk).update(statement="Set up in 2016.")


def control(cast: Cast) -> None:
    claim = make_claim(
        make_person("Bo Lund"), cast.founder_of, "bo", object=cast.northwind
    )
    cite(claim, cast.post, "set up Northwind")


EDITS: dict[str, Edit] = {
    "value": edit("founded_2016", date="2014"),
    "statement": edit("founded_2015", statement="They began in 2015."),
    "passage": lambda cast: passage(cast, hedge="reportedly"),
    "speaker": lambda cast: passage(cast, speaker=cast.ada, voice="named"),
    "credit": lambda cast: passage(cast, via=cast.post),
    "stance": lambda cast: passage(cast, stance="disputes"),
    "evidence draft": lambda cast: passage(cast, status="draft"),
    "lineage": edit("courier", lineage="unknown", derived_from=None),
    "origin's lineage": edit("herald", lineage="unknown"),
    "standing": edit("herald", standing="retracted", standing_notice="Gone."),
    "title": edit("herald", title="Another title"),
    "no title": edit("herald", title=""),
    "publisher": lambda cast: changed(cast.post, publisher_id=cast.northwind.pk),
    "renamed": edit("northwind", name="Southwind Works"),
    "moved": edit("northwind", slug="southwind"),
    "claim moved": edit("founded_2016", slug="begun-2016"),
    "source moved": edit("post", slug="post-tale"),
    "summary": edit("ada", summary="She founded it. [[ada-founded]]"),
    "cited": cited,
    "claim draft": edit("founded_2016", status="draft"),
    "claim retracted": edit(
        "founded_2016", status="retracted", status_reason="Misread."
    ),
    "claim withdrawn": edit("founded_2016", status="withdrawn"),
    "source withdrawn": edit("post", status="withdrawn"),
    "source held": edit("post", hold="A lawyer reads it."),
    "person withdrawn": edit("ada", status="withdrawn"),
    "organisation draft": edit("northwind", status="draft"),
    "person published": edit("quiet", status="published"),
    "property": edit("cost", label="Spent"),
    "alias": alias,
    "decision": decide,
    "contradiction": declare,
    "correction": correct,
    "approach": ask,
    "told apart": tell_apart,
    "event": date_an_event,
    "merged": merge,
    "erased": erase,
    "embargo over": end_embargo,
    "behind the back": behind_the_back,
    "control": control,
}


@pytest.fixture
def newsroom(db: Any) -> Cast:
    """The cast, and a source that waits for its embargo to end."""
    cast = build()
    late = make_source("late-source", not_before=timezone.now() + HOUR, status="draft")
    Source.objects.filter(pk=late.pk).update(status="published")
    claim = make_claim(cast.northwind, cast.cost, "late-claim", **LOT)
    cite(claim, late, "a lot")
    return cast


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_only_what_changed_is_what_everything_is(
    newsroom: Cast, tmp_path: Path, name: str
) -> None:
    publish(tmp_path / "grown")
    EDITS[name](newsroom)
    publish(tmp_path / "grown")
    publish(tmp_path / "whole")
    assert differing(tmp_path / "grown", tmp_path / "whole") == []


@pytest.mark.slow
def test_and_back_again(newsroom: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "grown")
    for status in ("withdrawn", "draft", "published"):
        for name in ("post", "ada", "founded_2015"):
            changed(getattr(newsroom, name), status=status)
            publish(tmp_path / "grown")
    publish(tmp_path / "whole")
    assert differing(tmp_path / "grown", tmp_path / "whole") == []


def test_little_is_rendered_for_a_small_change(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    before = files(tmp_path / "site")
    changed(cast.cost_less, amount=5_000_000)
    assert "only what changed" in publish(tmp_path / "site")
    after = files(tmp_path / "site")
    touched = {name for name, content in after.items() if content != before.get(name)}
    assert "claims/cost-less/index.html" in touched
    assert "organisations/northwind-labs/index.html" in touched
    assert "questions/northwind-labs-founded-on/index.html" not in touched
    assert Entity.objects.count() == 3
