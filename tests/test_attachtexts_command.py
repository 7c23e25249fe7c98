import pytest
from django.core.management import CommandError, call_command

from sources.models import Evidence, Source, SourceText
from sources.models.sources import fingerprint
from tests.cast import cite, make_claim, make_organisation, make_property, make_source

pytestmark = pytest.mark.django_db

TEXT = "Northwind Labs began in 2015.\nIt is “small”.\n"


@pytest.fixture
def attach(tmp_path, capsys):
    def attach(**files):
        for name, text in files.items():
            path = tmp_path / f"{name}.txt"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("attachtexts", str(tmp_path))
        return capsys.readouterr().out.splitlines()

    return attach


@pytest.fixture
def herald():
    return make_source("herald", text_sha256=fingerprint(TEXT))


@pytest.fixture
def evidence(herald):
    labs = make_organisation("Northwind Labs")
    founded_on = make_property("founded_on", "date")
    claim = make_claim(labs, founded_on, "founded-2015", date="2015")
    return cite(claim, herald, "in 2015")


def read(evidence):
    return Evidence.objects.get(pk=evidence.pk)


def test_it_works(attach, evidence):
    assert evidence.anchor == "unchecked"
    assert attach(article=TEXT) == ["article.txt: attached to “Herald”."]
    found = read(evidence)
    assert (found.anchor, found.start, found.end) == ("verified", 21, 28)
    assert found.verified_sha256 == fingerprint(TEXT)
    assert found.claim.article_count == 1


def test_it_keeps_the_confirmation_of_words_that_it_finds(attach, evidence):
    attach(article=TEXT)
    assert read(evidence).confirmed_by == "Demo desk"


@pytest.mark.parametrize(
    "file",
    [
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.encode("utf-8-sig"),
    ],
)
def test_it_knows_a_text_by_its_stored_form(attach, herald, file):
    assert attach(article=file) == ["article.txt: attached to “Herald”."]
    assert SourceText.objects.get().text == TEXT


def test_it_says_so_when_a_text_is_attached_already(attach, herald):
    attach(article=TEXT)
    assert attach() == ["article.txt: attached already to “Herald”."]
    assert SourceText.objects.get().version == 1


def test_it_attaches_one_text_to_every_source_that_has_it(attach, herald):
    make_source("mirror", text_sha256=fingerprint(TEXT))
    assert attach(article=TEXT) == [
        "article.txt: attached to “Herald”.",
        "article.txt: attached to “Mirror”.",
    ]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (TEXT + " ", "no source has this text's fingerprint."),
        ("", "no source has this text's fingerprint."),
        (b"\xff\xfe\x00", "not read: 'utf-8' codec can't decode byte 0xff"),
        ("a\0b", "not read: There is a NUL character at position 1: remove it."),
    ],
)
def test_it_leaves_other_files_alone(attach, herald, file, told):
    (line,) = attach(article=file)
    assert line.startswith(f"article.txt: {told}")
    assert not SourceText.objects.exists()


def test_it_goes_on_after_a_file_that_it_cannot_read(attach, herald):
    lines = attach(a=b"\xff", b=TEXT, c="other")
    assert [line.split(":")[0] for line in lines] == ["a.txt", "b.txt", "c.txt"]
    assert SourceText.objects.count() == 1


def test_it_refuses_a_folder_that_is_not_there():
    with pytest.raises(CommandError, match="There is no folder “nowhere”"):
        call_command("attachtexts", "nowhere")


def test_a_text_may_go_and_its_quotes_stay_verified(attach, evidence):
    attach(article=TEXT)
    SourceText.objects.get().delete()
    source = Source.objects.get()
    assert (read(evidence).anchor, source.text_sha256) == (
        "verified",
        fingerprint(TEXT),
    )


def test_a_quote_is_looked_for_again_when_the_text_changes(attach, evidence):
    attach(article=TEXT)
    text = SourceText.objects.get()
    text.text = TEXT.replace("2015", "2016")
    text.save()
    assert read(evidence).anchor == "missing"
    assert read(evidence).claim.article_count == 0
    text.text = TEXT
    text.save()
    assert read(evidence).anchor == "verified"


def test_a_quote_is_never_moved_to_words_that_are_alike(attach, evidence):
    attach(article=TEXT)
    text = SourceText.objects.get()
    text.text = "In 2015. In 20155. in 201\u200b5."
    text.save()
    assert (read(evidence).anchor, read(evidence).start) == ("folded", 21)


def test_a_quote_that_was_never_searched_is_unchecked(attach, evidence):
    Source.objects.get().save()
    assert read(evidence).anchor == "unchecked"
    assert read(evidence).claim.article_count == 0


def test_a_new_quote_is_looked_for_when_it_is_saved(attach, evidence):
    attach(article=TEXT)
    found = read(evidence)
    found.quote, found.start, found.end = '"small"', None, None
    found.save()
    assert found.anchor == "folded"
    assert (found.start, found.end) == (None, None)
