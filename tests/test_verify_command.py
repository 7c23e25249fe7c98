import pytest
from django.core.management import call_command

from sources.models import Evidence, SourceText
from tests.cast import cite, make_source


@pytest.fixture
def verify(cast, capsys):
    def verify():
        code = 0
        try:
            call_command("verify", "--quotes")
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err

    return verify


@pytest.fixture
def sound(verify):
    """The cast without the one quote that it only pretends to quote."""
    Evidence.objects.filter(slug="quiet-claim-herald-report").delete()
    return verify


def test_it_works(sound):
    code, failures, told = sound()
    assert (code, failures) == (0, [])
    assert told == (
        "8 quotes found in our copies; 0 verified earlier and not rechecked for want "
        "of the text; 0 never checked; 0 from sources without a text.\n"
    )


def test_it_counts_what_it_cannot_check_now(sound, cast):
    SourceText.objects.get(source=cast.herald).delete()
    Evidence.objects.filter(slug="ada-founded-herald-report").update(verified_sha256="")
    code, failures, told = sound()
    assert (code, failures) == (0, [])
    assert told.startswith("5 quotes found in our copies; 2 verified earlier")
    assert "1 never checked" in told


SPOILT = [
    ({"quote": "in 2014"}, "The quote is missing in our copy: “in 2014”"),
    ({"quote": "Vance", "start": None}, "The quote is ambiguous in our copy: “Vance”"),
    ({"start": 7, "end": 14}, "The quote stands at 33–40, not at its place."),
    ({"start": None, "end": None}, "The quote stands at 33–40, not at its place."),
    ({"anchor": "missing"}, "It is marked missing, but found: run `rebuild`."),
]


@pytest.mark.parametrize(("fields", "message"), SPOILT)
def test_it_names_a_quote_that_is_not_in_order(sound, fields, message):
    fields = ({"end": None} if fields.get("start", 0) is None else {}) | fields
    Evidence.objects.filter(slug="founded-2015-herald-report").update(**fields)
    code, failures, told = sound()
    assert code == 1
    assert failures == [f"evidence\tfounded-2015-herald-report\t{message}"]
    assert told.endswith("1 failures.\n")


def test_case_35_it_names_a_text_that_was_changed_behind_our_back(sound, cast):
    SourceText.objects.filter(source=cast.post).update(text="Other words.")
    code, failures, _ = sound()
    assert code == 1
    assert failures[0] == (
        "source\tpost-story\tIts text does not have its fingerprint: attach it again."
    )
    assert len(failures) == 4


def test_it_prints_a_failure_on_one_line(sound):
    Evidence.objects.filter(slug="founded-2015-herald-report").update(
        quote="in\n\t2014", start=None, end=None
    )
    _, failures, _ = sound()
    assert len(failures) == 1
    assert failures[0].count("\t") == 2


def test_it_counts_what_has_no_text(sound, cast):
    cite(cast.founded_2016, make_source("letter"), "in 2016")
    code, _, told = sound()
    assert code == 0
    assert "1 from sources without a text" in told


def test_it_does_not_look_for_silence(sound, cast):
    Evidence.objects.filter(slug="cost-about-courier-copy").update(
        stance="silent", quote="", start=None, end=None
    )
    assert sound()[0] == 0
