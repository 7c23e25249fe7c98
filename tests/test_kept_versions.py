"""Every save is kept: held against a plain dictionary of what was saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from entities.models import Person
from entities.records import StaleRecord
from tests.cast import make_person
from tests.soak import times

TEXTS = st.text("ab é\n“𝒜", max_size=12).map(str.strip)


class Keeping(RuleBasedStateMachine):
    """People who save, save what is stale, and go back to what was."""

    @initialize()
    def begin(self) -> None:
        self.hands = [
            User.objects.get_or_create(username=name)[0] for name in ("edith", "edgar")
        ]
        number = Person.objects.count()
        self.person = make_person(f"Ada {number}", summary="", status="draft")
        self.kept = {1: ("", None)}

    @rule(text=TEXTS, hand=st.integers(0, 1))
    def save(self, text: str, hand: int) -> None:
        self._save(text, self.hands[hand])

    @precondition(lambda self: len(self.kept) > 1)
    @rule(data=st.data(), hand=st.integers(0, 1))
    def go_back(self, data: Any, hand: int) -> None:
        version = data.draw(st.sampled_from(sorted(self.kept)))
        old = self.person.history.get(version=version)
        self._save(old.summary, self.hands[hand])
        assert self.person.summary == self.kept[version][0]

    @rule(text=TEXTS)
    def save_what_is_stale(self, text: str) -> None:
        stale = Person.objects.get(pk=self.person.pk)
        self._save("Changed meanwhile.", self.hands[0])
        stale.summary = f"{text} Stale."
        with pytest.raises(StaleRecord):
            stale.save()

    @invariant()
    def history_is_what_was_saved(self) -> None:
        rows = self.person.history.order_by("history_id")
        told = {row.version: (row.summary, row.history_user_id) for row in rows}
        assert told == self.kept and len(rows) == len(self.kept)
        assert self.person.version == max(self.kept)

    def _save(self, text: str, hand: User) -> None:
        changed = text != self.person.summary
        self.person.summary = text
        self.person._history_user = hand
        self.person.full_clean()
        self.person.save()
        self.person.refresh_from_db()
        assert changed or self.person.summary == text
        self.kept[self.person.version] = (text, hand.pk)


def test_case_17_history_is_what_was_saved(db: Any) -> None:
    run_state_machine_as_test(
        Keeping,
        settings=settings(
            max_examples=times(8, 500),
            stateful_step_count=times(8, 30),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
