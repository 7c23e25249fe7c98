"""Run once more on PostgreSQL: `python -m tests.postgres pytest tests/test_rows.py`."""

from decimal import Decimal

from entities.rows import Each, Rows
from sources.models import Claim, Evidence, Question

COLUMNS = ("id", "slug", "subject__name", "amount", "no_value", "modified_at", "low")
ABOUT = Rows(
    lambda subject: (
        Claim.objects.public().about(subject).in_order().values_list(*COLUMNS)
    )
)
ON = Rows(
    lambda claims: Evidence.objects.on(Each(claims)).order_by("id").values_list("id")
)
CITED = Rows(
    lambda slugs: Claim.objects.answering_or_cited([], Each(slugs, "text")).values_list(
        "slug"
    )
)


def test_it_works(cast):
    rows = ABOUT(subject=cast.northwind.pk)
    queryset = Claim.objects.public().about(cast.northwind).in_order()
    assert [tuple(row) for row in rows] == list(queryset.values_list(*COLUMNS))
    assert len(rows) == 4


def test_it_names_columns_without_double_underscores(cast):
    assert ABOUT(subject=cast.ada.pk)[0].subject_name == "Ada Vance"


def test_it_converts_what_django_converts(cast):
    row = next(row for row in ABOUT(subject=cast.northwind.pk) if row.amount)
    assert (row.amount, type(row.amount)) == (6_000_000, Decimal)
    assert row.no_value is False
    assert row.modified_at.tzinfo is not None


def test_it_takes_lists_of_any_length(cast):
    for claims in ([], [cast.founded_2015], [cast.founded_2015, cast.cost_about]):
        keys = [claim.pk for claim in claims]
        expected = Evidence.objects.filter(claim__in=keys).order_by("id")
        assert [row.id for row in ON(claims=keys)] == list(
            expected.values_list("id", flat=True)
        )


def test_it_takes_lists_of_words(cast):
    slugs = ["founded-2015", "no'such", 'nor "this"']
    assert [row.slug for row in CITED(slugs=slugs)] == ["founded-2015"]


def test_it_asks_one_query_and_compiles_once(cast, django_assert_num_queries):
    compiled = []

    def build(slug):
        compiled.append(slug)
        return Question.objects.by_key(slug).values_list("slug", "state")

    rows = Rows(build)
    slug = cast.founded_2015.question.slug
    with django_assert_num_queries(2):
        assert rows(slug=slug)[0].state == "differ"
        assert rows(slug="nothing") == []
    assert len(compiled) == 1
