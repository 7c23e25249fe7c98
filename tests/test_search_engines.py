"""Search on hostile and many-script input: any engine finds what the folding says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from entities.models import Alias
from sources.models import SearchEntry
from sources.models.search import indexed, phrases
from tests.cast import make_person

# Names as readers type them, and as somebody types who means ill.
NAMES = [
    *("Ada Vance", "Zoë Brown", "O’Brien", "Łódź Øre", "Straße Fuß", "ＦＵＬＬ width"),
    *("梁文锋", "梁 文", "かな カナ", "한국어 이름", "ﬁne ligature", "İstanbul ışık"),
    *("Владимир", "محمد علي", "שלום", "हिन्दी नाम", "ภาษาไทย", "Ἀθῆναι", "e\u0301clair"),
    *("DROP TABLE x", "a:b NEAR(c d)", "50% _off_", "C++ & C#", "x*y^z", "one--two"),
    *("🙂 smile", "1.5 million", "ⅷ roman", "a\u200bb zero", "ǅungla", "½ half"),
]


@pytest.fixture
def named(db):
    """One person for each name."""
    for number, name in enumerate(NAMES):
        make_person(name, slug=f"name-{number}")


def held(entry, query):
    """Whether it holds each phrase of the query, the last word as a beginning."""
    words = f"{entry.words} {entry.more}".split()
    return all(
        any(
            words[at : at + len(part) - 1] == part[:-1]
            and at + len(part) <= len(words)
            and words[at + len(part) - 1].startswith(part[-1])
            for at in range(len(words))
        )
        for part in phrases(query)
    )


def check(query):
    """The engine must find just those entries that hold the words as folded here."""
    found = set(SearchEntry.objects.matching(query).values_list("slug", flat=True))
    entries = SearchEntry.objects.all() if phrases(query) else []
    assert found == {entry.slug for entry in entries if held(entry, query)}, query


@pytest.mark.parametrize("name", NAMES)
def test_it_works(named, name):
    check(name)
    check(name[:2])
    check(name[::-1])
    assert f"name-{NAMES.index(name)}" in set(
        SearchEntry.objects.found(name).values_list("slug", flat=True)
    ) or not indexed(name)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(max_size=12) | st.sampled_from(NAMES).flatmap(st.permutations).map("".join)
)
@example("\0")
@example("a\ud800")
@example("' | !ada:* & (")
def test_any_input_finds_what_the_folding_says(named, text):
    check(text)


def test_an_exact_name_comes_first_however_many_share_its_words(db):
    person = make_person("Li", slug="li")
    alias = Alias(entity=make_person("Chen Wei"), text="Lian", status="published")
    alias.save()
    for number in range(210):
        make_person(f"Lian Number {number}")
    for query, slug in (("li", person.slug), ("lian", "chen-wei")):
        few = SearchEntry.objects.found(query, 5).best_first(query)
        assert few.values_list("slug", flat=True)[0] == slug
