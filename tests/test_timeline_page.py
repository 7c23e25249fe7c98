import pytest

from briefing.pages import moments
from tests import cast as casting
from tests.pages import links, read


def dated(cast, name, date):
    event = casting.make_event(name)
    day = casting.make_property(f"day_{event.pk}", "date", fills="date")
    claim = casting.make_claim(event, day, f"{event.slug}-day", date=date)
    casting.cite(claim, cast.post, "In 2016")


def bars(client, address="/timeline/"):
    source = client.get(address).content.decode()
    return [part.split("/>")[0] for part in source.split("<rect ")[1:]]


def test_it_works(client, cast):
    dated(cast, "Harbour Summit", "2016-03")
    page = read(client, "/timeline/")
    assert "2015 Northwind Labs: founded on" in page
    assert "March 2016 Harbour Summit" in page


def test_it_marks_dates_that_differ_without_relying_on_colour(client, cast):
    assert "Northwind Labs: founded on sources differ" in read(client, "/timeline/")


def test_it_draws_precision_as_width_and_doubt_as_fading(client, cast):
    for name, date in (
        ("A", "2010~"),
        ("B", "2011/.."),
        ("C", "/2012"),
        ("D", "2013?"),
        ("E", "2014-05-06"),
    ):
        dated(cast, f"Event {name}", date)
    drawn = bars(client)
    assert any('class="faint"' in bar for bar in drawn)
    assert any('fill="url(#fade-right)"' in bar for bar in drawn)
    assert any('fill="url(#fade-left)"' in bar for bar in drawn)
    assert any('class="uncertain"' in bar for bar in drawn)
    widths = [float(bar.split('width="')[1].split("%")[0]) for bar in drawn]
    assert min(widths) > 0


def test_it_can_be_narrowed_to_a_time(client, cast):
    dated(cast, "Harbour Summit", "2016-03")
    page = read(client, "/timeline/?in=2015")
    assert "Timeline: 2015" in page
    assert "Harbour" not in page


@pytest.mark.parametrize(
    "date", ["2016-03-01/2016-03-09", "-0099", "Y170000002", "19XX", "2016-03-05"]
)
def test_it_draws_any_scale(client, cast, date):
    dated(cast, "Harbour Summit", date)
    assert "Harbour Summit" in read(client, "/timeline/")
    read(client, f"/timeline/?in={date}")


def test_it_says_what_is_no_date(client, cast):
    page = read(client, "/timeline/?in=yesterday")
    assert "“yesterday” is not a date" in page
    assert "Northwind" in page


def test_it_says_that_there_is_nothing(client, db):
    assert "Nothing here has a date." in read(client, "/timeline/")


def test_it_shows_no_draft(client, cast):
    casting.make_claim(cast.quiet, cast.founded_on, "quiet-day", date="2001")
    assert "Quiet" not in read(client, "/timeline/")


def test_it_can_be_narrowed_to_a_kind(client, cast):
    dated(cast, "Harbour Summit", "2016-03")
    assert "Northwind" not in read(client, "/timeline/?kind=event")
    page = read(client, "/timeline/?kind=organisation")
    assert "Northwind Labs: founded on" in page
    assert "Harbour" not in page


def test_it_can_be_narrowed_to_a_record_and_what_it_is_connected_with(client, cast):
    dated(cast, "Harbour Summit", "2016-03")
    summit = casting.make_event("Labs Opening")
    opens = casting.make_property("opens", "entity", is_single_valued=False)
    claim = casting.make_claim(cast.northwind, opens, "opens", object=summit)
    casting.cite(claim, cast.post, "Vance set up")
    day = casting.make_property("day_of", "date", fills="date")
    casting.cite(
        casting.make_claim(summit, day, "opened", date="2016-05"), cast.post, "In 2016"
    )
    page = read(client, "/timeline/?about=northwind-labs")
    assert "Timeline: Northwind Labs" in page
    assert "May 2016 Labs Opening" in page
    assert "Harbour" not in page
    assert "About: Northwind Labs" in page


def test_it_shows_a_year_by_months_and_a_month_by_days(client, cast):
    dated(cast, "Harbour Summit", "2016-03-05")
    dated(cast, "Harbour Dinner", "2016-04")
    page = read(client, "/timeline/?scale=month")
    assert "Timeline: 2016" in page
    assert "Mar 1 Apr 1" in page
    assert "?scale=day&in=2016-03" in links(client, "/timeline/?scale=month")
    page = read(client, "/timeline/?scale=day&in=2016-03")
    assert "Timeline: March 2016" in page
    assert "Dinner" not in page
    assert "?scale=day&in=2016-02" in links(client, "/timeline/?scale=day&in=2016-03")


def test_it_puts_what_only_may_reach_into_a_time_last(client, cast):
    dated(cast, "Long Inquiry", "2001/")
    page = read(client, "/timeline/?in=2016")
    assert page.index("Northwind Labs: founded on") < page.index("Long Inquiry")


def test_it_links_each_bar_and_leaves_the_keyboard_to_the_words(client, cast):
    dated(cast, "Harbour Summit", "2016-03")
    source = client.get("/timeline/").content.decode()
    assert '<a href="/events/harbour-summit/" tabindex="-1"><rect' in source


def test_it_goes_on_where_there_are_many(client, cast, monkeypatch):
    monkeypatch.setattr(moments, "MOST", 2)
    for number in range(5):
        dated(cast, f"Day {number}", f"2020-01-0{number + 1}")
    dated(cast, "Some Day", "/2021")
    address, seen = "/timeline/", []
    while address:
        found = links(client, address)
        seen += [href for href in found if href.startswith("/events/")]
        following = [href for href in found if "cursor=" in href]
        address = f"/timeline/{following[0]}" if following else ""
    shown = list(dict.fromkeys(seen))
    assert shown[1:] == [*(f"/events/day-{n}/" for n in range(5)), "/events/some-day/"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("about=quiet-draft", "No published record has the address “quiet-draft”."),
        ("kind=odd", "Kind: Select a valid choice"),
        ("scale=odd", "Scale: Select a valid choice"),
        ("cursor=odd", "This place in the timeline is not known"),
        ("cursor=WyJhIiwxLCJhIiwxXQ", "This place in the timeline is not known"),
    ],
)
def test_it_names_what_it_cannot_use(client, cast, query, told):
    page = read(client, f"/timeline/?{query}")
    assert told in page
    assert "Northwind Labs: founded on" in page
