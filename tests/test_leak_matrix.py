"""No role meets, at any address, a word that the matrix does not let it meet.

The short form: one record of each state. tests/test_leak_matrix_whole.py asks for all.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.test import Client

from briefing.pages import sitemaps
from sources.models import Claim
from tests import leak_matrix
from tests.canaries import TOKEN, state_of, told, unplanted
from tests.leak_addresses import NOBODY
from tests.leaks import Crawl, hits
from tests.planted import Planted
from tests.tree import ROOT, fail_with

GONE = {"withdrawn", "held", "embargoed", "deleted", "erased"}
# Where what is taken down stood.
SHOWING = r"(person|claim|source|question|search|change|sitemap|api-(people|claims))"
HIDDEN = ("draft", "inreview", "embargoed", "held", "deleted", "erased")
FINDS = ("/search/?q={}", "/search/suggestions/?q={}", "/api/v1/search/?q={}")
NARROWS = ("/people/?q={}", "/claims/?q={}", "/sources/?q={}", "/questions/?q={}")


@pytest.fixture
def planted(db: Any) -> Planted:
    found = Planted()
    found.happens()
    return found


def test_each_address_has_its_row() -> None:
    fail_with(leak_matrix.missing(), "name it in a row of tests/leak_matrix.py.")
    fail_with(leak_matrix.idle(), "there is no such address: take its name out.")


def test_the_page_is_what_the_matrix_says() -> None:
    assert (ROOT / "docs" / "leaks.md").read_text() == leak_matrix.page(), "make leaks"


def test_case_45_each_text_of_each_table_has_a_word(planted: Planted) -> None:
    fail_with(unplanted(), "plant it in tests/planted.py, or say why not: WORDLESS.")
    assert len(planted.words.at) > 1000
    private = [word for word in planted.words.at if "published" not in word]
    assert len(private) > 200


def test_case_45_readers_meet_what_is_theirs_alone(planted: Planted) -> None:
    crawl = Crawl(planted, "anonymous", few=True)
    assert hits(crawl) == []
    met = {planted.words.at[word] for word in crawl.met if "published" in word}
    # What readers are to see they do see: the crawl is not blind.
    assert {"Claim.statement", "Entity.name", "Source.title", "Entity.summary"} <= met
    assert {"Evidence.quote", "Finding.reason", "Correction.said"} <= met
    assert crawl.asked > 400


def test_case_45_an_open_door_is_found(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a site map of all claims, and rights for everybody."""
    opened = sitemaps.Records("claim", Claim.objects.all)
    monkeypatch.setitem(sitemaps.SECTIONS, "claim", opened)
    found = hits(Crawl(planted, "anonymous", few=True, only="sitemap"))
    assert any("zqdraft" in hit for hit in found)
    monkeypatch.setattr(ModelBackend, "has_perm", lambda *args, **named: True)
    found = hits(Crawl(planted, "bare", few=True, only="admin:sources_note"))
    assert any("zqstaff" in hit for hit in found)


def normal(answer: Any, word: str) -> tuple[Any, ...]:
    """An answer without the word that was asked for, in any of its forms."""
    headers = {name: value for name, value in answer.items() if name != "ETag"}
    body = answer.content.decode().replace(word, "WORD")
    return answer.status_code, body, str(headers).replace(word, "WORD")


def test_case_46_a_search_for_a_private_word_finds_as_little_as_one_for_none(
    planted: Planted, client: Client
) -> None:
    private = [
        word
        for word, field in planted.words.at.items()
        if state_of(word) not in ("published", "merged", "former")
    ]
    for asked in (*FINDS, *NARROWS):
        for word in private[:: 80 if asked in NARROWS else 20]:
            # Of the same length and kind, and nowhere.
            nothing = f"zqnothing{'7' * (len(word) - 9)}"[: len(word)]
            found = normal(client.get(asked.format(word)), word)
            assert found == normal(client.get(asked.format(nothing)), nothing), word


def test_case_46_what_is_hidden_answers_as_what_never_was(
    planted: Planted, client: Client
) -> None:
    crawl = Crawl(planted, "anonymous", few=True)
    told = []
    for place in crawl.places():
        if "<slug:slug>" not in place.route or place.route.startswith("/admin"):
            continue
        nothing = place.route.replace("<slug:slug>", NOBODY)
        absent = normal(client.get(nothing), NOBODY)
        for address in crawl.filled.filled(place.route):
            word = TOKEN.search(address)
            if word and word[1] in HIDDEN:
                slug = crawl.slug_in(address)
                if normal(client.get(address), slug) != absent:
                    told.append(address)
    fail_with(told, f"answer as {NOBODY} does.")


def test_case_46_drafts_change_no_list_count_or_order(db: Any, client: Client) -> None:
    planted = Planted(only_published=True)
    lists = [
        address
        for place in Crawl(planted, "anonymous", few=True).places()
        if "<" not in place.route and not place.route.startswith("/admin")
        for address in (place.route, f"{place.route}?q=zq", f"{place.route}?count=true")
    ]
    before = [normal(client.get(one), NOBODY)[:2] for one in lists]
    for state in ("draft", "inreview"):
        planted.publish(state)
    after = [normal(client.get(one), NOBODY)[:2] for one in lists]
    both = zip(lists, before, after, strict=True)
    fail_with([one for one, was, now in both if was != now], "drafts show there.")


def test_case_47_what_is_taken_down_is_gone_at_once(db: Any, client: Client) -> None:
    planted = Planted()
    before = Crawl(planted, "anonymous", few=True, only=SHOWING).run()
    assert states_of(before.met) >= GONE
    planted.happens()
    showed = {one for one, words in before.shown.items() if states_of(words) & GONE}
    for address in sorted(showed & before.kept.keys()):
        tag, how = before.kept[address]
        assert "max-age=0" in how or "no-cache" in how, "a browser asks each time"
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code != 304, address
        # Of what is gone the list of changes tells the address.
        if not address.startswith("/api/v1/changes/"):
            now = told(answer.content) - told(address.encode())
            assert not states_of(now) & GONE, address


def states_of(words: set[str]) -> set[str]:
    return {state_of(word) for word in words}
