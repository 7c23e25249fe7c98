import pytest
from django.core.management import CommandError, call_command

from entities.models import Person
from sources.models import Claim, Evidence
from tests.cast import make_person

pytestmark = pytest.mark.django_db

ADA = """\
- model: entities.person
  fields:
    slug: ada-vance
    name: Ada Vance
    status: published
"""
FOUNDING = """\
# Comments and document marks are fine.
---
- model: sources.claim
  fields:
    slug: northwind-founded
    subject: [northwind-labs]
    property: [founded_on]
    date: 2015
    statement: Northwind Labs was founded in 2015.
    status: published
- model: sources.evidence
  fields:
    slug: northwind-founded-herald
    claim: [northwind-founded]
    source: [herald]
    quote: in 2015
    status: published
    confirmed_by: Demo desk
- model: sources.property
  fields:
    key: founded_on
    label: Founded
    question: When was {subject} founded?
    value_type: date
    subject_kinds: [organisation]
    is_single_valued: true
- model: entities.organisation
  fields: {slug: northwind-labs, name: Northwind Labs, status: published}
- model: sources.source
  fields: {slug: herald, title: A founder, status: published}
"""


@pytest.fixture
def load(tmp_path, capsys):
    def load(*texts, **options):
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"records-{number}.yaml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(str(path))
        call_command("loaddata", *paths, **options)
        return capsys.readouterr()

    return load


def refusal(load, *texts, **options):
    with pytest.raises(CommandError) as refused:
        load(*texts, **options)
    assert str(refused.value).startswith("Nothing was loaded.")
    assert not Person.objects.exists()
    return str(refused.value)


def test_it_works(load):
    assert load(FOUNDING).out == "5 added, 0 changed, 0 unchanged.\n"
    claim = Claim.objects.get()
    assert (claim.date, claim.is_public) == ("2015", True)
    assert claim.question.property.subject_kinds == ["organisation"]
    assert claim.history.get().history_change_reason == "loaded from a file"


def test_case_22_it_writes_nothing_the_second_time(load):
    load(FOUNDING)
    assert load(FOUNDING).out == "0 added, 0 changed, 5 unchanged.\n"
    assert Evidence.objects.get().history.count() == 1


def test_it_loads_several_files_together(load):
    assert load(FOUNDING, ADA).out == "6 added, 0 changed, 0 unchanged.\n"


def test_it_says_nothing_when_it_is_told_to(load):
    assert load(ADA, verbosity=0).out == ""


def test_it_tells_what_stands_twice(load):
    assert load(ADA, ADA).err == (
        "Repeated, and read once: records-1.yaml, line 1: person “ada-vance”\n"
    )


def test_it_tries_without_writing(load):
    assert load(ADA, dry_run=True).out == "1 added, 0 changed, 0 unchanged.\n"
    assert not Person.objects.exists()


def test_case_23_it_writes_over_an_edited_row_only_when_asked(load, editor):
    ada = make_person("Ada Vance")
    ada.name, ada._history_user = "Ada Stone", editor
    ada.save()
    with pytest.raises(CommandError, match="A person has edited this record since"):
        load(ADA)
    assert load(ADA, update=True).out == "0 added, 1 changed, 0 unchanged.\n"


def test_it_counts_the_problems(load):
    two = ADA + ADA.replace("ada-vance", "a vance").replace("published", "finished")
    lines = refusal(load, two).splitlines()
    assert lines[0] == "Nothing was loaded. 2 problems:"
    assert lines[1].startswith("records-0.yaml, line 6: person “a vance”, s")


def test_it_finds_a_fixture_by_its_name():
    with pytest.raises(CommandError, match="There is no fixture “nowhere”"):
        call_command("loaddata", "nowhere")
    call_command("loaddata", "properties", verbosity=0)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "[]"])
def test_it_takes_an_empty_file(load, text):
    assert load(text).out == "0 added, 0 changed, 0 unchanged.\n"


@pytest.mark.parametrize("mark", ["\ufeff", "\r\n"])
def test_it_takes_what_editors_of_text_add(load, mark):
    text = ADA.replace("\n", mark) if mark == "\r\n" else mark + ADA
    assert load(text).out.startswith("1 added")


BAD = [
    ("ada: vance\n", "line 1: file: This is not a list of records."),
    ("just words", "line 1: file: This is not a list of records."),
    ("- just words", "line 1: file: Each record needs `model` and `fields`."),
    ("\n- model: entities.person\n", "line 2: file: Each record needs"),
    ("- model: entities.person\n  fields: [a]", "line 1: file: Each record needs"),
    ("- fields: {slug: ada}", "line 1: None: There is no such model."),
    ("- model: auth.user\n  fields: {}", "line 1: auth.user: There is no such model."),
    ("- model: [a]\n  fields: {}", "There is no such model."),
    (ADA.replace("fields:", "pk: 7\n  fields:"), "line 1: person: Leave out `pk`"),
    (ADA + "  id: 7\n", "line 1: person: “id” does not belong here"),
    (ADA + "    name: Bob\n", "line 6: “name” stands twice."),
    (ADA.replace("name:", "? [a]\n    :"), "is no field name."),
    (ADA.replace("name:", "? {a: b}\n    :"), "is no field name."),
    (ADA.replace("name:", "7:"), "7 = 'Ada Vance': There is no such field."),
    (ADA.replace("name:", "true:"), "“True” is no field name."),
    (ADA.replace("name:", "<<:"), "<< = 'Ada Vance': There is no such field."),
    (ADA.replace("Ada Vance", "{a: b}"), "name = {'a': 'b'}: Give one value"),
    (ADA.replace("Ada Vance", "No"), "put it in quotes."),
    (ADA.replace("Ada Vance", '"a\\0b"'), "There is a NUL character at position 1"),
    (ADA.replace("Ada Vance", "!!set {a}"), "Give one value"),
    (ADA.replace("Ada Vance", "!!binary YQ=="), "Give one value"),
    (ADA.replace("Ada Vance", "!!python/none"), "could not determine a constructor"),
    (ADA.replace("Ada Vance", "!ours x"), "could not determine a constructor"),
    (ADA.replace("Ada Vance", "*nowhere"), "undefined alias"),
    (ADA.replace("Ada Vance", "[" * 5000 + "]" * 5000), "nested too deeply"),
    (ADA + "\t- tab", "line 1: file: while scanning"),
    (ADA + "---\n" + ADA, "expected a single document"),
    (ADA.encode("utf-16"), "line 1: file: "),
    (b"- \xff\xfe", "line 1: file: 'utf-8' codec can't decode"),
    (b"- model: a\x00b", "line 1: file: "),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_it_names_what_is_wrong_with_a_file(load, text, message):
    told = refusal(load, text)
    assert message in told
    assert "records-0.yaml, line " in told


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("012", "012"),
        ("1_000", "1_000"),
        ("2015-01-02", "2015-01-02"),
        ("1e999", "1e999"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("12:30:45", "12:30:45"),
        ("=", "="),
        ("'No'", "No"),
    ],
)
def test_it_keeps_words_that_look_like_numbers(load, name, stored):
    load(ADA.replace("Ada Vance", name))
    assert Person.objects.get().name == stored
