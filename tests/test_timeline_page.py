import pytest

from tests import cast as casting
from tests.pages import read


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
    assert any("faint" in bar for bar in drawn)
    assert any('fill="url(#fade-right)"' in bar for bar in drawn)
    assert any('fill="url(#fade-left)"' in bar for bar in drawn)
    assert any("uncertain" in bar for bar in drawn)
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
