import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.folding import fold, is_ideograph, words

SAME = [
    ("DeepSeek", "deepseek"),
    ("Ｄｅｅｐ　Ｓｅｅｋ", "Deep Seek"),
    ("café", "cafe"),
    ("cafe\u0301", "café"),
    ("Guangdōng", "Guangdong"),
    ("Zürich", "ZURICH"),
    ("Straße", "STRASSE"),
    ("Søren Æble", "Soren Aeble"),
    ("Łódź", "Lodz"),
    ("İstanbul", "istanbul"),
    ("ﬁnance", "finance"),
    ("O’Brien", "OBrien"),
    ("High-Flyer", "High Flyer"),
    ("“Quoted”", "quoted"),
    ("  many \t\n spaces ", "many spaces"),
    ("20\u2009000", "20 000"),
    ("梁文锋", "梁 文 锋"),
]
DIFFERENT = [
    ("Liang", "Liao"),
    ("H800", "H 800"),
    ("resume", "resumes"),
    ("가", "각"),
    ("が", "か゚"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_it_works(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_it_keeps_apart_what_differs(one, other):
    assert fold(one) != fold(other)


def test_it_makes_each_ideograph_a_word():
    assert words("DeepSeek深度求索") == ["deepseek", "深", "度", "求", "索"]


def test_it_knows_ideographs_beyond_the_first_plane():
    assert is_ideograph("𠮷")
    assert not is_ideograph("𝒳")


@pytest.mark.parametrize("text", ["", " ", "—", "“…”", "🙂", "\u200b"])
def test_it_finds_no_word_where_there_is_none(text):
    assert words(text) == []


@given(st.text())
def test_it_changes_nothing_that_is_folded(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_it_does_not_see_the_normal_form(text):
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)


@given(st.text())
def test_it_leaves_no_mark_that_a_search_engine_reads(text):
    folded = fold(text)
    assert not set(folded) & set("\"'*():&|!<>\\^-+")
    assert folded == " ".join(folded.split())
