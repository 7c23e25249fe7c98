import pytest

from entities.models import Event
from sources import settling
from sources.models import Evidence, Finding
from tests.cast import cite, make_claim, make_event, make_organisation, make_property


@pytest.fixture
def launch(cast):
    return make_event("Launch")


@pytest.fixture
def happened_on(cast):
    return make_property("happened_on", "date", fills="date")


@pytest.fixture
def claim_date(cast, launch, happened_on):
    def claim(date, **fields):
        slug = f"launch-{date.lower().strip('~')}".replace("/", "-").replace("..", "on")
        claim = make_claim(launch, happened_on, slug, date=date, **fields)
        cite(claim, cast.post, "In 2016")
        return claim

    return claim


def when(event):
    event = Event.objects.get(pk=event.pk)
    return event.date


def test_it_works(launch, claim_date):
    assert when(launch) == ""
    claim_date("2016-05")
    event = Event.objects.get(pk=launch.pk)
    assert (event.date, event.place) == ("2016-05", "")
    assert event.high - event.low == 30


def test_it_takes_the_narrowest_of_dates_that_agree(launch, claim_date):
    for date in ("2016", "2016-05", "2016-05-17", "2016/.."):
        claim_date(date)
    assert when(launch) == "2016-05-17"


def test_it_says_nothing_where_sources_differ(launch, claim_date):
    claim_date("2016")
    claim_date("2017")
    assert when(launch) == ""


def test_it_says_nothing_where_it_cannot_be_told(launch, claim_date):
    claim_date("2016/")
    claim_date("2018")
    assert when(launch) == ""


def test_it_says_nothing_where_one_date_is_disputed(cast, launch, claim_date):
    cite(claim_date("2016"), cast.courier, "Analysts doubt", stance="disputes")
    assert when(launch) == ""


def test_it_says_nothing_where_the_dates_of_two_questions_differ(launch, claim_date):
    claim_date("2016")
    claim_date("2017", qualifier="in Britain")
    assert when(launch) == ""


def test_it_says_nothing_where_several_dates_may_stand(launch, claim_date, happened_on):
    happened_on.is_single_valued = False
    happened_on.save()
    claim_date("2016")
    claim_date("2017")
    assert when(launch) == ""


def prefer(claim):
    question = claim.question
    finding = Finding(question=question, outcome="preferred", reason="Its own notice.")
    finding.decided_by = "Demo desk"
    finding.save()
    settling.relate(finding, "preferred", [claim])
    return finding


def test_it_takes_the_date_that_the_desk_prefers(launch, claim_date):
    claim_date("2016")
    finding = prefer(claim_date("2017"))
    assert when(launch) == "2017"
    finding.delete()
    assert when(launch) == ""


def test_it_follows_a_claim_that_readers_no_longer_see(launch, claim_date):
    claim = claim_date("2016")
    claim.status = "withdrawn"
    claim.save()
    assert when(launch) == ""


def test_it_forgets_the_date_when_the_claim_moves_to_another_event(launch, claim_date):
    claim = claim_date("2016")
    claim.subject = make_event("Relaunch")
    claim.save()
    assert when(launch) == ""
    assert when(claim.subject) == "2016"


def test_it_forgets_the_date_when_the_claim_goes(launch, claim_date):
    claim = claim_date("2016")
    Evidence.objects.filter(claim=claim).delete()
    claim.delete()
    assert when(launch) == ""


def test_it_forgets_the_date_when_the_property_no_longer_fills_it(
    launch, claim_date, happened_on
):
    claim_date("2016")
    happened_on.fills = ""
    happened_on.save()
    assert when(launch) == ""


@pytest.mark.parametrize(
    ("value_type", "field", "place"),
    [("text", "text", "Bristol"), ("entity", "object", "Old Hall")],
)
def test_it_fills_the_place(cast, launch, value_type, field, place):
    held_at = make_property("held_at", value_type, fills="place")
    value = make_organisation(place) if field == "object" else place
    cite(make_claim(launch, held_at, "held", **{field: value}), cast.post, "In 2016")
    assert Event.objects.get(pk=launch.pk).place == place


def test_it_calls_the_place_by_its_new_name(cast, launch):
    held_at = make_property("held_at", "entity", fills="place")
    hall = make_organisation("Old Hall")
    cite(make_claim(launch, held_at, "held", object=hall), cast.post, "In 2016")
    hall.name = "New Hall"
    hall.save()
    assert Event.objects.get(pk=launch.pk).place == "New Hall"


def test_it_leaves_other_records_alone(cast, happened_on):
    claim = make_claim(cast.northwind, happened_on, "northwind-on", date="2016")
    cite(claim, cast.post, "In 2016")
    cast.northwind.refresh_from_db()
    assert cast.northwind.date == ""


def test_it_makes_no_new_version_of_the_event(launch, claim_date):
    claim_date("2016")
    event = Event.objects.get(pk=launch.pk)
    assert (event.version, event.history.count()) == (1, 1)
