"""The one importer, given rows as any door would give them."""

import pytest

from entities.models import Entity, Person
from sources.exchange.kinds import BY_NAME
from sources.exchange.records import MOST_PROBLEMS
from sources.models import Claim, Evidence, Finding, Question, Source
from tests.cast import make_person
from tests.records import (
    CITED,
    FILE,
    FOUNDED,
    LABS,
    PERSON,
    SPENT,
    counts,
    load,
    problems,
)

pytestmark = pytest.mark.django_db


def test_it_works():
    report = load(*FILE)
    assert str(report) == "8 added, 0 changed, 0 unchanged"
    assert report.added == {
        **{"person": 1, "organisation": 1, "source": 1},
        **{"property": 2, "claim": 2, "evidence": 1},
    }
    claim = Claim.objects.get(slug="ada-founded")
    assert claim.is_public
    assert claim.question.state == "one_answer"


def test_it_writes_the_history_of_every_row_with_its_reason():
    load(*FILE)
    for kind in {BY_NAME[name] for name, _ in FILE}:
        for record in kind.model.objects.all():
            assert [row.history_change_reason for row in record.history.all()] == [
                "loaded"
            ]


def test_it_does_not_mind_the_order_of_the_rows():
    load(*reversed(FILE))
    assert Claim.objects.get(slug="ada-founded").is_public


def test_case_22_it_writes_nothing_the_second_time():
    load(*FILE)
    before = counts(), list(Claim.objects.values_list("version", "modified_at"))
    assert str(load(*FILE)) == "0 added, 0 changed, 8 unchanged"
    after = counts(), list(Claim.objects.values_list("version", "modified_at"))
    assert after == before


def test_it_writes_only_what_changed():
    load(*FILE)
    report = load(*FILE, ("person", PERSON | {"summary": "x", "slug": "bob"}))
    assert str(report) == "1 added, 0 changed, 8 unchanged"
    report = load(("person", PERSON | {"summary": "A founder."}), *FILE[1:])
    assert report.changed == {"person": 1}
    assert Person.objects.get(slug="ada-vance").version == 2


def test_it_writes_nothing_on_a_dry_run():
    before = counts()
    assert load(*FILE, dry_run=True).added["claim"] == 2
    assert counts() == before


def test_it_reads_a_repeated_record_once():
    report = load(("person", PERSON), ("person", PERSON), ("person", PERSON))
    assert report.added == {"person": 1}
    assert report.repeated == [
        "test.yaml, line 2: person “ada-vance”",
        "test.yaml, line 3: person “ada-vance”",
    ]


def test_it_refuses_two_records_of_one_key():
    (problem,) = problems(("person", PERSON), ("person", PERSON | {"name": "Bob"}))
    assert problem == (
        "test.yaml, line 2: person “ada-vance”: This record stands also at "
        "test.yaml, line 1."
    )


def test_it_refuses_one_address_for_two_kinds_of_entity():
    (problem,) = problems(
        ("person", PERSON), ("organisation", LABS | {"slug": "ada-vance"})
    )
    assert "organisation “ada-vance”, slug = 'ada-vance': " in problem


def test_case_23_it_does_not_overwrite_what_a_person_edited(editor):
    load(*FILE)
    ada = Person.objects.get(slug="ada-vance")
    ada.name, ada._history_user = "Ada Stone", editor
    ada.save()
    (problem,) = problems(*FILE)
    assert "person “ada-vance”: A person has edited this record since" in problem
    assert "differs: name. Use --update" in problem
    assert load(*FILE, update=True).changed == {"person": 1}
    assert Entity.objects.get(slug="ada-vance").name == "Ada Vance"
    assert str(load(*FILE)) == "0 added, 0 changed, 8 unchanged"


def test_it_does_not_overwrite_what_a_person_edited_and_the_program_saved(editor):
    load(*FILE)
    herald = Source.objects.get(slug="herald")
    herald.title, herald._history_user = "Two founders", editor
    herald.save()
    Source.objects.get(slug="herald").save()
    (problem,) = problems(*FILE)
    assert "source “herald”: A person has edited" in problem


def test_it_lets_an_edited_row_be_that_says_the_same(editor):
    load(*FILE)
    ada = Person.objects.get(slug="ada-vance")
    ada._history_user = editor
    ada.save()
    assert str(load(*FILE)) == "0 added, 0 changed, 8 unchanged"


def test_it_keeps_what_the_program_fills_in():
    load(*FILE)
    Evidence.objects.update(start=3, end=25, verified_sha256="f" * 64)
    Source.objects.update(text_sha256="f" * 64)
    assert str(load(*FILE)) == "0 added, 0 changed, 8 unchanged"


def test_it_takes_a_new_passage_for_confirmed_if_the_file_says_so():
    load(*FILE)
    changed = [*FILE[:-1], ("evidence", CITED | {"quote": "founded it"})]
    assert load(*changed).changed == {"evidence": 1}
    assert Evidence.objects.get().confirmed_by == "Demo desk"
    assert str(load(*changed)) == "0 added, 0 changed, 8 unchanged"


@pytest.mark.parametrize(
    "fields", [{"confirmed_by": ""}, {"status": "draft"}, {"claim": ["labs-cost"]}]
)
def test_it_refuses_to_publish_without_confirmed_evidence(fields):
    (problem,) = problems(*FILE[:-1], ("evidence", CITED | fields))
    assert problem.startswith("test.yaml, line 6: claim “ada-founded”, status = ")
    assert "needs evidence that someone has confirmed" in problem


def test_it_names_what_a_bad_record_takes_with_it():
    bad = ("person", PERSON | {"status": "finished"})
    found = problems(bad, *FILE[1:])
    assert "person “ada-vance”, status = 'finished'" in found[0]
    assert found[1].startswith("test.yaml, line 6: claim “ada-founded”, subject = ")
    assert "is in the file, but not in order" in found[1]
    assert "evidence “ada-founded-herald”, claim = " in found[2]
    assert len(found) == 3


def test_it_stops_at_so_many_problems():
    many = [("person", {"slug": f"p-{number}"}) for number in range(MOST_PROBLEMS + 50)]
    assert len(problems(*many)) == MOST_PROBLEMS


def source(slug, parent, **fields):
    lineage = {"lineage": "derived", "derived_from": [parent]} if parent else {}
    return ("source", {"slug": slug, **lineage, **fields})


def test_it_loads_a_derived_source_before_or_after_its_original():
    load(source("c", "b"), source("a", None), source("b", "a"))
    assert Source.objects.get(slug="c").derived_from.derived_from.slug == "a"


@pytest.mark.parametrize(
    "circle", [["a"], ["a", "b"], ["a", "b", "c"]], ids=["self", "two", "three"]
)
def test_it_refuses_a_circle(circle):
    parents = [*circle[1:], circle[0]]
    found = problems(*map(source, circle, parents))
    assert len(found) == len(circle)
    assert "circle" in found[0] and "derived_from = ['" in found[0]


def test_it_refuses_a_circle_with_what_stands_in_the_database():
    load(source("a", None), source("b", "a"))
    (problem,) = problems(source("a", "b"))
    assert "that would be a circle" in problem


def test_it_loads_a_merged_record_before_or_after_the_one_that_is_kept():
    merged = PERSON | {"slug": "a-vance", "merged_into": ["ada-vance"]}
    load(("person", merged), ("person", PERSON))
    assert Person.objects.get(slug="a-vance").merged_into.slug == "ada-vance"


CONTRADICTION = ("claim", SPENT | {"contradicts": [["ada-founded"]]})


def test_it_relates_claims_that_contradict_both_ways():
    load(*FILE[:6], CONTRADICTION, FILE[7])
    assert [
        claim.slug for claim in Claim.objects.get(slug="ada-founded").contradicts.all()
    ]
    assert str(load(*FILE[:6], CONTRADICTION, FILE[7])).startswith("0 added, 0 changed")


def test_it_sets_what_a_finding_prefers_and_nothing_else():
    other = FOUNDED | {"slug": "ada-none", "object": None, "no_value": True}
    more = [*FILE, ("claim", other | {"status": "draft"})]
    finding = {"question": ["ada-vance-founder-of"], "outcome": "preferred"}
    finding |= {"reason": "Its own word.", "decided_by": "Demo desk"}
    load(*more, ("finding", finding | {"preferred": [["ada-none"]]}))
    assert Finding.objects.get().preferred.get().slug == "ada-none"
    again = [*more, ("finding", finding | {"preferred": [["ada-founded"]]})]
    assert load(*again).changed == {"finding": 1}
    assert Finding.objects.get().preferred.get().slug == "ada-founded"
    assert load(*again).changed == {}
    assert Question.objects.get(slug="ada-vance-founder-of").decision == "decided"


def test_it_makes_one_question_for_all_its_claims():
    question = {
        "slug": "whose-firm",
        "subject": ["ada-vance"],
        "property": ["founder_of"],
    }
    load(*FILE, ("question", question))
    assert Claim.objects.get(slug="ada-founded").question.slug == "whose-firm"


def test_it_finds_a_record_that_is_in_the_database_already():
    make_person("Ada Vance")
    report = load(*FILE)
    assert report.added["claim"] == 2
    assert "person" not in report.added
