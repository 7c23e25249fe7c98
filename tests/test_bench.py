import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import __main__ as bench
from bench.building import fill
from bench.figures import Figure, figure, ratios
from entities.models import Event
from sources import triggers
from sources.models import Claim, Question, SearchEntry
from tests.pages import links, read

CLAIMS = 300
SQLITE = pytest.mark.sqlite


@pytest.fixture
def collection(db):
    """A very small one of the databases that `make bench` measures on."""
    fill(CLAIMS)


def everything():
    """Every row of every table of ours, history and search index included."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        ours = [name for name in tables if name.startswith(("sources", "entities"))]
        return {
            name: sorted(map(repr, cursor.execute(f"SELECT * FROM {name}").fetchall()))
            for name in ours
            # When something was last written is not told of the rows.
            if "_fts_" not in name and name != "entities_lastwrite"
        }


@SQLITE
def test_it_works(collection):
    assert Claim.objects.public().count() == CLAIMS
    assert Claim.history.count() == CLAIMS
    assert SearchEntry.objects.count() > 2 * CLAIMS


@SQLITE
def test_it_is_what_the_project_would_have_made(collection, capsys):
    before = everything()
    call_command("rebuild")
    assert everything() == before
    call_command("verify")


@SQLITE
def test_it_has_all_that_can_be_derived(collection):
    assert Event.objects.exclude(date="").exists()
    states = set(Question.objects.values_list("state", flat=True))
    assert {"one_answer", "differ", "several"} <= states
    assert SearchEntry.objects.matching("case 1").exists()


@SQLITE
def test_it_leaves_the_triggers_standing(collection):
    assert triggers.missing() == []


@SQLITE
def test_readers_see_it(collection):
    reader = Client()
    claim = Claim.objects.first()
    assert claim.statement in read(reader, f"/claims/{claim.slug}/")
    busiest = Claim.objects.about(1).in_order().first()
    assert f"/claims/{busiest.slug}/" in links(reader, "/organisations/e-0/")


def test_a_figure_is_the_median_held_against_its_target():
    row = figure("page", "10k", [1.0, 3.0, 2.0], "<= 2.5", "x hello")
    assert row == Figure("page", "10k", 2.0, "x hello", "<= 2.5", True, 1.0, 3.0)
    assert not figure("import", "10k", [40], ">= 55", "%").met
    assert figure("told", "10k", [40]).met


def test_sides_are_timed_in_turn():
    ticks = iter(range(10_000))
    times = ratios(lambda: next(ticks), lambda: None, 3, lambda: float(next(ticks)))
    assert len(times) == 3


def test_it_compares_the_sizes_of_each_page():
    rows = [
        figure("list", size, [cost], "<= 7", "x hello")
        for size, cost in (("10k", 4.0), ("1m", 6.0))
    ]
    (flat,) = bench.flatness(rows)
    assert (flat.name, flat.figure, flat.met) == ("list: 1m against 10k", 1.5, False)
    told = bench.table([*rows, flat])
    assert "1.5 x" in told
    assert "NO" in told


def test_it_names_a_size_that_there_is_not():
    with pytest.raises(SystemExit, match="There is no size 5"):
        bench.main(["5"])
