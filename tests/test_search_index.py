import pytest

from entities.models import Alias, Redirect
from sources import indexing
from sources.models import SearchEntry, Source
from sources.models.search import phrases, postgresql_match, sqlite_match
from sources.settling import rebuild
from tests.cast import cite, make_claim, make_organisation, make_person, make_source


def found(query):
    entries = SearchEntry.objects.matching(query).best_first(query)
    return [entry.slug for entry in entries]


def test_it_works(cast):
    assert found("ada vance")[0] == "ada-vance"
    assert found("northwind") == [
        *("northwind-labs", "northwind-labs-founded-on", "northwind-labs-cost"),
        "ada-founded",
    ]


@pytest.mark.parametrize(
    "query", ["AdA", "ada v", "vance ada", "Váncé", "Ａｄａ Ｖａｎｃｅ", "vanc"]
)
def test_it_folds_what_it_is_asked(cast, query):
    assert "ada-vance" in found(query)


def test_it_finds_a_name_in_any_script(cast):
    Alias(
        entity=cast.ada, text="梁文锋", kind="native_script", status="published"
    ).save()
    assert found("文锋") == found("梁文锋") == ["ada-vance"]
    assert found("锋文") == []


ODD_QUERIES = [
    *("", " ", '"', '" OR "', "*", "AND", "NEAR(", "a:b", "-", "x*y", "(((", "'"),
    *("\\", "a'b", "!&|<->", ":*", "\0", "🙂", "%", "_", "--", ";DROP TABLE x"),
    *("ada " * 500, "a" * 50_000, "é\u0301\u0301", "\ud800", "a\ud800b"),
]


def test_it_takes_anything_for_a_query(db):
    make_person("Ada Vance")
    for query in ODD_QUERIES:
        assert set(found(query)) <= {"ada-vance"}, query


def test_it_finds_what_has_a_word_without_end(cast):
    endless = "x" * 60_000
    claim = make_claim(cast.northwind, cast.founded_on, "founded-2017", date="2017")
    cite(
        claim, make_source("post"), f"It wrote {endless} and stopped " + "on " * 60_000
    )
    assert found(endless) == found("wrote xxx") == ["founded-2017"]
    # Readers find what they can see: the public part of the quote.
    assert found("stopped") == []
    cast.ada.name = "x" * 200
    cast.ada.save()
    assert found(endless)[0] == "ada-vance"


def test_it_writes_the_query_in_each_engine_s_words():
    assert phrases("O'Brien  high-flyer —") == [["obrien"], ["high", "flyer"]]
    assert sqlite_match("O'Brien high-flyer") == '"obrien"* AND "high flyer"*'
    match = "('obrien':*) & ('high' <-> 'flyer':*)"
    assert postgresql_match("O'Brien high-flyer") == match


def test_it_finds_a_claim_by_the_words_of_its_source(cast):
    assert "founded-2015" in found("in 2015")


def test_it_forgets_words_that_are_no_longer_quoted(cast):
    claim = make_claim(cast.northwind, cast.founded_on, "founded-2017", date="2017")
    evidence = cite(claim, make_source("post"), "zygote")
    assert found("zygote") == ["founded-2017"]
    evidence.quote = "embryo"
    evidence.save()
    assert (found("zygote"), found("embryo")) == ([], ["founded-2017"])


def test_it_knows_a_record_by_its_new_name_at_once(cast):
    cast.northwind.name = "Southwind Works"
    cast.northwind.save()
    # A quote keeps the name that its source uses.
    assert found("northwind labs") == ["ada-founded"]
    assert found("southwind")[:2] == ["northwind-labs", "northwind-labs-founded-on"]


@pytest.fixture
def published(cast):
    herald = make_organisation("Daily Herald", slug="daily-herald", category="media")
    cast.herald.publisher = herald
    cast.herald.save()
    return herald


def test_it_finds_a_source_by_its_publisher(cast, published):
    assert found("daily") == ["daily-herald", "herald-report"]


@pytest.mark.parametrize("status", ["draft", "in_review", "retracted", "withdrawn"])
def test_it_does_not_tell_the_publisher_that_is_not_published(cast, published, status):
    published.status = status
    published.save()
    assert found("daily") == []


def test_it_knows_the_publisher_by_its_new_name(cast, published):
    published.name = "Evening Star"
    published.save()
    assert found("evening") == ["daily-herald", "herald-report"]


def test_it_does_not_know_an_alias_that_is_not_published(cast):
    alias = Alias(entity=cast.ada, text="Zuzu")
    alias.save()
    assert found("zuzu") == []
    alias.status = "published"
    alias.save()
    assert found("zuzu") == ["ada-vance"]
    alias.delete()
    assert found("zuzu") == []


def test_it_leads_to_the_new_address(cast):
    cast.ada.slug = "ada-stone"
    cast.ada.save()
    assert found("ada vance")[0] == "ada-stone"
    assert Redirect.objects.target("person", "ada-vance") == "ada-stone"


def test_it_forgets_a_merged_record(cast):
    twin = make_person("Ada Vanceova")
    assert found("vanceova") == ["ada-vanceova"]
    twin.merged_into = cast.ada
    twin.save()
    assert found("vanceova") == []


def test_it_forgets_a_deleted_record(cast):
    person, source = make_person("Zora Zed"), make_source("zebra")
    assert found("zora") + found("zebra") == ["zora-zed", "zebra"]
    person.delete()
    source.delete()
    assert found("zora") + found("zebra") == []


def test_it_forgets_records_that_are_deleted_together(cast):
    make_source("zebra"), make_source("zebu")
    Source.objects.filter(slug__startswith="zeb").delete()
    assert found("zeb") == []


def test_it_knows_the_words_of_the_vocabulary(cast):
    cast.founded_on.label = "Inception"
    cast.founded_on.save()
    assert found("inception") == ["northwind-labs-founded-on"]


def test_it_is_the_same_after_a_rebuild(cast):
    def entries():
        return sorted(SearchEntry.objects.values_list("kind", "slug", "words", "more"))

    before = entries()
    SearchEntry.objects.all().delete()
    rebuild()
    assert entries() == before


def test_it_finds_what_many_records_brought_together(cast, monkeypatch):
    """The index is filled at the end then; what comes later goes into it by itself."""
    monkeypatch.setattr(indexing, "MANY", 1)
    SearchEntry.objects.all().delete()
    rebuild()
    assert "ada-vance" in found("vance")
    make_person("Vance Orlov", status="published")
    assert {"ada-vance", "vance-orlov"} <= set(found("vance"))


def test_it_makes_no_entry_of_a_source_anew_when_nothing_changed(cast):
    before = set(SearchEntry.objects.values_list("pk", flat=True))
    rebuild()
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == before
