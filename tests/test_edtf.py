import datetime

import pytest
from edtf import parse_edtf as parse_with_package
from hypothesis import example, given
from hypothesis import strategies as st

from entities.edtf import EdtfError, day_number, from_day, parse, say


def days(*dates):
    """The day numbers of dates such as "-43-03-15"; "-" stands for None."""
    parts = [date.rsplit("-", 2) for date in dates]
    return tuple(day_number(*map(int, part)) if part[2:] else None for part in parts)


# Text, first and last day, precision: every example of levels 0 and 1 in the Library
# of Congress's specification, and what lies between them.
VALID = """
1985-04-12                 1985-04-12        1985-04-12        day
1985-04                    1985-04-01        1985-04-30        month
1985                       1985-01-01        1985-12-31        year
0000                       0-01-01           0-12-31           year
2000-02-29                 2000-02-29        2000-02-29        day
1985-04-12T23:20:30        1985-04-12        1985-04-12        day
1985-04-12T23:20:30Z       1985-04-12        1985-04-12        day
1985-04-12T23:20:30-04     1985-04-12        1985-04-12        day
1985-04-12T23:20:30+04:30  1985-04-12        1985-04-12        day
1985-04-12T23:20:30+00:00  1985-04-12        1985-04-12        day
2016-12-31T23:59:60Z       2016-12-31        2016-12-31        day
1964/2008                  1964-01-01        2008-12-31        interval
2004-06/2006-08            2004-06-01        2006-08-31        interval
2004-02-01/2005-02-08      2004-02-01        2005-02-08        interval
2004-02-01/2005-02         2004-02-01        2005-02-28        interval
2004-02-01/2005            2004-02-01        2005-12-31        interval
2005/2006-02               2005-01-01        2006-02-28        interval
2015-06/2015               2015-06-01        2015-12-31        interval
Y170000002                 170000002-01-01   170000002-12-31   year
Y-170000002                -170000002-01-01  -170000002-12-31  year
Y10000?                    10000-01-01       10000-12-31       year
2001-21                    2001-03-01        2001-05-31        season
2001-22                    2001-06-01        2001-08-31        season
2001-23                    2001-09-01        2001-11-30        season
2003-24                    2003-12-01        2004-02-29        season
1984?                      1984-01-01        1984-12-31        year
2004-06~                   2004-06-01        2004-06-30        month
2004-06-11%                2004-06-11        2004-06-11        day
201X                       2010-01-01        2019-12-31        decade
20XX                       2000-01-01        2099-12-31        century
2004-XX                    2004-01-01        2004-12-31        year
1985-04-XX                 1985-04-01        1985-04-30        month
1985-XX-XX                 1985-01-01        1985-12-31        year
1985-04-12/..              1985-04-12        -                 interval
1985-04/..                 1985-04-01        -                 interval
1985/..                    1985-01-01        -                 interval
../1985-04-12              -                 1985-04-12        interval
../1985-04                 -                 1985-04-30        interval
../1985                    -                 1985-12-31        interval
1985-04-12/                1985-04-12        -                 interval
1985-04/                   1985-04-01        -                 interval
1985/                      1985-01-01        -                 interval
/1985-04-12                -                 1985-04-12        interval
/1985-04                   -                 1985-04-30        interval
/1985                      -                 1985-12-31        interval
1984~/2004-06              1984-01-01        2004-06-30        interval
1984?/2004%                1984-01-01        2004-12-31        interval
2001-21/2003-24            2001-03-01        2004-02-29        interval
-2005/Y12345               -2005-01-01       12345-12-31       interval
-1985                      -1985-01-01       -1985-12-31       year
-0004-02-29                -4-02-29          -4-02-29          day
-198X                      -1989-01-01       -1980-12-31       decade
-00XX~                     -99-01-01         0-12-31           century
"""

INVALID = [
    ("", "is empty"),
    (" 2015", "take out the space"),
    ("2015\n", "“2015\\n” is not a date: take out the space"),
    ("yesterday", "“yesterday” is not a date: write 2015"),
    ("2015–03", "plain hyphen"),
    ("２０１５", "is not a date"),
    ("2024-13", "months are 01 to 12"),
    ("2024-00", "write XX, not 00"),
    ("2023-02-30", "“2023-02-30” is not a date: February 2023 has 28 days."),
    ("1900-02-29", "February 1900 has 28 days."),
    ("-0001-02-29", "February 2 BC has 28 days."),
    ("2023-04-31T10:00:00", "April 2023 has 30 days."),
    ("20150327", "put hyphens in"),
    ("2015-3-7", "two digits"),
    ("985", "four digits, as in 0985"),
    ("-0000", "0000, without a sign"),
    ("12345", "starts with Y"),
    ("Y2015", "5 to 9 digits"),
    ("Y012345", "5 to 9 digits"),
    ("Y12345-06", "no month"),
    ("Y1234567890", "at most 9 digits"),
    ("2001-21-05", "season (21 to 24) takes no day"),
    ("2015?~", "% is ? with ~"),
    ("1985-04-12T23:20", "T23:20:30"),
    ("1985-04-12T24:00:00", "T23:20:30"),
    ("1985-04-12T23:20:30-00:00", "T23:20:30"),
    ("1985-04T23:20:30", "T23:20:30"),
    ("1985-04-12T23:20:30Z?", "time of day takes no"),
    ("../..", "at least one of its ends"),
    ("/", "at least one of its ends"),
    ("../", "at least one of its ends"),
    ("27/03/2015", "exactly one slash"),
    ("2016/2015-12-31", "ends before it starts"),
    ("2015/16", "“16” is not a date"),
    ("unknown/2015", "nothing for unknown"),
    ("2015-01-01T10:00:00/2016", "leave out the time"),
    ("9" * 9999, "9999 characters, of at most 100"),
]

LEVEL_2 = """
Y-17E7 1950S2 Y171010000S3 2001-34 [1667,1668] {1960,1961-12} [..1984] 2004-06~-11
?2004-06-~11 2004-%06-11 156X-12-25 XXXX-12-XX 1XXX 1984-1X 2004-XX-03
2004-06-~01/2004-06-~20 2004-06-XX/2004-07-03 201X/2020
"""

SAID = [
    ("2015", "2015"),
    ("2023-05", "May 2023"),
    ("2025-01-27", "27 January 2025"),
    ("2015~", "about 2015"),
    ("2015?", "2015 (uncertain)"),
    ("2015-05%", "about May 2015 (uncertain)"),
    ("198X", "the 1980s"),
    ("200X~", "about the years 2000 to 2009"),
    ("-198X", "the years 1990 BC to 1981 BC"),
    ("19XX", "the 20th century"),
    ("10XX", "the 11th century"),
    ("20XX", "the 21st century"),
    ("-01XX", "the 2nd century BC"),
    ("2004-XX", "an unspecified month in 2004"),
    ("1985-04-XX~", "an unspecified day in about April 1985"),
    ("1985-XX-XX", "an unspecified day in 1985"),
    ("2024-21", "spring 2024"),
    ("2024-24", "winter 2024–2025"),
    ("2015/2016", "from 2015 to 2016"),
    ("2015~/2016-05?", "from about 2015 to May 2016 (uncertain)"),
    ("2015/", "from 2015, end unknown"),
    ("/2015", "until 2015, start unknown"),
    ("2015/..", "since 2015"),
    ("../2015", "until 2015"),
    ("-0099", "100 BC"),
    ("0000", "1 BC"),
    ("0043-05", "May AD 43"),
    ("Y170000002", "the year 170,000,002"),
    ("Y-170000002", "170,000,003 BC"),
    ("1985-04-12T23:20:00", "12 April 1985 at 23:20"),
    ("1985-04-12T23:20:30Z", "12 April 1985 at 23:20:30 UTC"),
    ("1985-04-12T03:20:30-04", "12 April 1985 at 03:20:30 UTC−4"),
    ("1985-04-12T23:20:30+10:30", "12 April 1985 at 23:20:30 UTC+10:30"),
]

WIDENED = [
    ("2015", "2015-01-01", "2015-12-31"),
    ("2015?", "2015-01-01", "2015-12-31"),
    ("2015~", "2014-01-01", "2016-12-31"),
    ("2015%", "2014-01-01", "2016-12-31"),
    ("2015-03~", "2015-02-01", "2015-04-30"),
    ("2015-01~", "2014-12-01", "2015-02-28"),
    ("2016-02-29~", "2016-02-28", "2016-03-01"),
    ("201X~", "2000-01-01", "2029-12-31"),
    ("19XX~", "1800-01-01", "2099-12-31"),
    ("2003-24~", "2003-09-01", "2004-05-31"),
    ("2004-XX~", "2003-01-01", "2005-12-31"),
    ("0000~", "-1-01-01", "1-12-31"),
    ("2015~/2016-05", "2014-01-01", "2016-05-31"),
    ("2015?/2016-05~", "2015-01-01", "2016-06-30"),
    ("2015-06~/..", "2015-05-01", "-"),
    ("/2015~", "-", "2016-12-31"),
]

OVERLAPS = [
    ("2015", "2016", False),
    ("2023", "2023-05", True),
    ("2015~", "2016", True),
    ("2015?", "2016", False),
    ("2015~", "2017~", True),
    ("2015/2016", "2016-12-31", True),
    ("2015/2016", "2017-01-01", False),
    ("2015/..", "2014", False),
    ("2015/..", "Y170000002", True),
    ("../2015", "2016/..", False),
    ("../2015", "2015/..", True),
    ("2015/", "2010", False),
    ("2015/", "2015-06", True),
    ("2015/", "2020", None),
    ("2015/", "2015/", True),
    ("2015/", "2010/", None),
    ("2015/", "2010/..", True),
    ("2015/", "2016/..", None),
    ("2015/", "../2014", False),
    ("2015~/", "2014", True),
    ("2015/", "/2020", None),
    ("2015/", "/2014", False),
    ("/2015", "2016", False),
    ("/2015", "2010", None),
    ("/2015", "/2010", None),
]

LIKELY_TEXT = st.text("0123456789-/.XYTZES:+?~%[] ", max_size=30)
ACCEPTED = [line.split()[0] for line in VALID.strip().split("\n")]


@pytest.mark.parametrize("line", VALID.strip().split("\n"))
def test_it_reads_levels_0_and_1(line):
    text, low, high, precision = line.split()
    period = parse(text)
    assert (period.low, period.high) == days(low, high)
    assert period.precision == precision
    assert period.is_interval is (precision == "interval")


@pytest.mark.parametrize(("text", "problem"), INVALID)
def test_case_39_it_names_what_is_wrong(text, problem):
    with pytest.raises(EdtfError) as error:
        parse(text)
    assert problem in str(error.value)


@pytest.mark.parametrize("text", LEVEL_2.split())
def test_it_says_what_is_level_2(text):
    with pytest.raises(EdtfError, match="is EDTF level 2, and only levels 0 and 1"):
        parse(text)


@pytest.mark.parametrize(("text", "words"), SAID)
def test_it_says_dates_as_a_person_would(text, words):
    assert say(text) == words


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2015", False, False),
        ("2015?", True, False),
        ("2015-03~", False, True),
        ("201X%", True, True),
        ("2015?/2016", True, False),
        ("../2016~", False, True),
    ],
)
def test_it_tells_uncertain_from_approximate(text, uncertain, approximate):
    assert parse(text).is_uncertain is uncertain
    assert parse(text).is_approximate is approximate


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("../2015", "is_open_start"),
        ("2015/..", "is_open_end"),
        ("/2015", "starts_unknown"),
        ("2015/", "ends_unknown"),
        ("2015/2016", None),
        ("2015", None),
    ],
)
def test_it_tells_open_ends_from_unknown_ones(text, true):
    for name in ("is_open_start", "is_open_end", "starts_unknown", "ends_unknown"):
        assert getattr(parse(text), name) is (name == true)


@pytest.mark.parametrize(("text", "low", "high"), WIDENED)
def test_it_widens_approximate_ends_by_their_own_unit(text, low, high):
    assert parse(text).widened() == days(low, high)


@pytest.mark.parametrize(("one", "other", "answer"), OVERLAPS)
def test_it_knows_what_overlaps_both_ways_round(one, other, answer):
    assert parse(one).overlaps(parse(other)) is answer
    assert parse(other).overlaps(parse(one)) is answer


@given(st.dates())
def test_it_agrees_with_datetime(date):
    day, month = parse(date.isoformat()), parse(date.isoformat()[:7])
    assert day.low == day.high == date.toordinal()
    assert month.low == date.replace(day=1).toordinal()
    assert datetime.date.fromordinal(month.high).month == date.month
    assert from_day(month.high + 1)[2] == 1


@given(st.integers(-3_652_425_000, 3_652_425_000))
def test_it_finds_the_day_of_a_number_and_back(number):
    year, month, day = from_day(number)
    assert day_number(year, month, day) == number
    assert from_day(number + 1) > (year, month, day)


@given(st.text() | LIKELY_TEXT | st.characters().map(lambda char: char * 50_000))
@example("Y" + "1" * 50_000)
@example("-" * 99 + "X")
@example("2015\x00")
def test_case_39_it_reads_or_refuses_any_text(text):
    try:
        period = parse(text)
    except EdtfError as error:
        assert str(error).isprintable()
        assert len(str(error)) < 1500
    else:
        assert period.say()
        assert period.overlaps(period) is True


@given(st.sampled_from(ACCEPTED), st.sampled_from(ACCEPTED))
def test_it_answers_the_same_both_ways_round(one, other):
    assert parse(one).overlaps(parse(other)) is parse(other).overlaps(parse(one))


@given(st.dates(), st.dates(), *[st.sampled_from([4, 7, 10])] * 2)
def test_it_agrees_with_the_edtf_package(first, last, first_length, last_length):
    start, end = sorted((first, last))
    start, end = start.isoformat()[:first_length], end.isoformat()[:last_length]
    for text in (start, end, f"{start}/{end}"):
        package = parse_with_package(text)
        strict = package.lower_strict()[:3], package.upper_strict()[:3]
        assert (from_day(parse(text).low), from_day(parse(text).high)) == strict
