from tests import cast as casting
from tests.pages import crowd, links, read, walked


def happening(cast, name, date):
    event = casting.make_event(name, category="meeting")
    day = casting.make_property(f"day_{event.pk}", "date", fills="date")
    claim = casting.make_claim(event, day, f"{event.slug}-day", date=date)
    casting.cite(claim, cast.post, "In 2016")
    return event


def test_it_works(client, cast):
    happening(cast, "Harbour Summit", "2016-03")
    page = read(client, "/events/")
    assert "Harbour Summit Meeting · March 2016 · one claim" in page


def test_it_lists_the_latest_first_and_the_undated_last(client, cast):
    casting.make_event("Undated Affair")
    happening(cast, "Early Summit", "2014")
    happening(cast, "Late Summit", "2019")
    page = read(client, "/events/")
    assert page.index("Late S") < page.index("Early S") < page.index("Undated")
    page = read(client, "/events/?sort=earliest")
    assert page.index("Early S") < page.index("Late S") < page.index("Undated")


def test_it_walks_past_events_without_a_date(client, cast):
    happening(cast, "Late Summit", "2019")
    crowd("event", 105)
    assert len(walked(client, "/events/")) == 106


def test_it_narrows_down_by_the_year_an_event_began(client, cast):
    happening(cast, "Early Summit", "2014/2016")
    happening(cast, "Late Summit", "2019-05-06")
    happening(cast, "Open Summit", "/2019")
    page = read(client, "/events/")
    assert "Year it began 2019 1 2014 1" in page
    assert "?year=2014" in links(client, "/events/")
    page = read(client, "/events/?year=2014")
    assert "Early Summit" in page
    assert "Late Summit" not in page
    assert "Year it began: 2014" in page


def test_it_says_what_is_no_year(client, cast):
    happening(cast, "Early Summit", "2014")
    page = read(client, "/events/?year=lately")
    assert "Year it began: A year has four digits." in page
    assert "Early Summit" in page
