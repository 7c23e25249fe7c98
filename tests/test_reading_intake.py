"""Text that comes in: pasted, or in a file of text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.reading import received
from sources.reading.intake import IntakeError, from_file, from_text
from sources.reading.received import edtf_date, language_tag, tidy, web_address

TEXT = "The bridge opens\nBy Ida Moll\n5 March 2024\n\nIt was opened – at last.\n"


def test_it_works():
    found = from_text(TEXT)
    assert found.text == TEXT
    assert (found.title, found.author) == ("The bridge opens", "Ida Moll")
    assert (found.published, found.extractor) == ("2024-03-05", "pasted")
    assert (found.publisher, found.language, found.url) == ("", "", "")
    assert found.warnings == ()


def test_it_strips_nothing_but_line_ends_and_unicode_form():
    assert from_text("\ufeff a\r\n\r\ne\u0301 \n").text == " a\n\n\u00e9 \n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_it_keeps_every_text(text):
    text = f"{text}a"
    assert from_text(text).text == stored_form(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "holds no words"),
        (" \n—…", "holds no words"),
        ("a\0b", "NUL character at position 1"),
        ("a\ud800", "lone surrogate"),
        ("word " * 2_000_001, "has 10.0 MB, and at most 10 MB are read"),
    ],
)
def test_it_refuses_what_is_no_text(text, named):
    with pytest.raises(IntakeError, match=named):
        from_text(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n A head \nwords", "A head"),
        ("A head.\nwords", "A head"),
        ("A_file_s_name\n\nA head\nwords", "A head"),
        ("One. Two of them.\nwords", ""),
        ("only one line", ""),
        ("long " * 60 + "\nwords", ""),
        ("A\u202ehead\tof it\nwords", "Ahead of it"),
    ],
)
def test_it_proposes_the_first_line_as_title(text, title):
    assert from_text(text).title == title


def test_it_says_when_words_are_the_source_of_a_page():
    (warning,) = from_text("<!doctype html><p>words</p>").warnings
    assert "page source" in warning


@pytest.mark.parametrize(
    ("encoding", "before"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("windows-1252", b""),
    ],
)
def test_it_reads_a_file_in_the_usual_encodings(encoding, before):
    found = from_file("note.txt", before + TEXT.encode(encoding))
    assert found.text == TEXT
    assert found.extractor.startswith(f"text, {encoding[:6]}")
    assert bool(found.warnings) == (encoding == "windows-1252")


def test_it_reads_beyond_the_basic_plane_in_utf_16():
    assert from_file("a.txt", "𠮷 🙂 café".encode("utf-16")).text == "𠮷 🙂 café"


JUNK = bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.txt", b"", "“a.txt” is empty"),
        ("a.txt", JUNK, "is not text"),
        ("a.txt", b"a\0b\0c", "is not text"),
        ("a.txt", b"abc \x07 abc", "control character at position 4"),
        ("a.txt", "书中自有黄金屋".encode("gb18030"), "save it as UTF-8"),
        ("a.txt", b"\xff\xfea", "is not text in UTF-8"),
        ("a.txt", b"a" * 10_000_001, "at most 10 MB"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is not a known type"),
        ("a.exe", b"words", "is not a known type"),
        ("a.rtf", b"{\\rtf1 words}", "is not a known type"),
        ("a.txt", b"{\\rtf1 words}", "is not a known type"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or encrypted Office file"),
        ("a.docx", b"words", "is not the DOCX file"),
        ("a.pdf", b"words", "is not the PDF file"),
        ("../../etc/a.xyz", b"words", "^“a.xyz” is not"),
    ],
)
def test_it_refuses_what_it_cannot_read_and_says_why(name, content, named):
    with pytest.raises(IntakeError, match=named):
        from_file(name, content)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        assert from_file(name, content).text
    except IntakeError as error:
        assert str(error).endswith((".", "?"))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T23:30:00+08:00", "2024-03-05"),
        ("2024-03-05 08:00", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Tue, 5th Mar 2024 10:00:00 GMT", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("2024-02-30", ""),
        ("31 June 2024", ""),
        ("5 Brumaire 2024", ""),
        ("03/05/2024", ""),
        ("yesterday", ""),
        ("2" * 200, ""),
        ("", ""),
        (None, ""),
    ],
)
def test_it_reads_dates_and_never_guesses_one(written, date):
    assert edtf_date(written) == date


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("en_GB.UTF-8", "en-GB"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("English", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_it_reads_language_tags(written, tag):
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" https://gull.example/a ", "https://gull.example/a"),
        ("http://gull.example", "http://gull.example"),
        ("javascript:alert(1)", ""),
        ("//gull.example", ""),
        ("https://gull.example/\u202etxt", ""),
        ("https://gull.example/a b", ""),
        ("https://gull.example/" + "a" * 1000, ""),
        (None, ""),
    ],
)
def test_it_takes_addresses_of_the_web_only(written, address):
    assert web_address(written) == address


@given(st.text(), st.integers(5, 40))
def test_what_it_proposes_fits_into_its_field(words, most):
    found = tidy(words, most)
    assert len(found) <= most
    assert found == stored_form(found) and not received.refuse_unstorable(found)
    assert not set(found) & set("\n\r\t\0\u202e")
