from tests import cast as casting
from tests.pages import read


def test_it_works(client, cast):
    day = casting.make_property("day", "date", fills="date", label="date")
    place = casting.make_property("place", fills="place")
    summit = casting.make_event("Harbour Summit", category="meeting")
    on = casting.make_claim(summit, day, "summit-day", date="2016-03~")
    at = casting.make_claim(summit, place, "summit-place", text="Harbour Town")
    casting.cite(on, cast.post, "In 2016")
    casting.cite(at, cast.post, "Vance set up")
    page = read(client, "/events/harbour-summit/")
    assert "Event · Meeting Harbour Summit About March 2016, Harbour Town" in page


def test_it_says_when_nothing_is_said_of_it(client, cast):
    casting.make_event("Silent Night")
    page = read(client, "/events/silent-night/")
    assert "No source we hold says anything about Silent Night yet." in page
