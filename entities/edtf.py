"""Dates as evidence gives them: EDTF (ISO 8601-2:2019), levels 0 and 1.

`parse("2015-03~")` gives a `Period`: bounds in days, what is unknown, open, uncertain
or approximate, and its wording. Everything else is refused with an `EdtfError` that
names the text and the mend. https://www.loc.gov/standards/datetime/

A day number is `datetime.date.toordinal()` carried on without limit in both directions:
1 is 0001-01-01, 0 is 0000-12-31. Years are astronomical: 0000 is 1 BC, -0099 is 100 BC.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

MAX_LENGTH = 100

Bounds = tuple[int | None, int | None]

# The Gregorian calendar repeats after 400 years exactly. So datetime, which stops at
# the years 1 and 9999, can still do the arithmetic for every other year.
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097

# Not calendar.month_name, which follows the locale of the process.
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SEASON_CODES = ("21", "22", "23", "24")
_SEASON_NAMES = ("spring", "summer", "autumn", "winter")
_MONTHS_IN = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}

_DATE = re.compile(
    r"""
    (?: Y (?P<long_year> -? [1-9][0-9]{4,8} )
      | (?P<masked_year> -? [0-9]{2} (?: [0-9]X | XX ) )
      | (?P<year> (?! -0000 ) -? [0-9]{4} )
        (?: - (?P<month> [0-9]{2} | XX (?! -[0-9] ) )
            (?: - (?P<day> [0-9]{2} | XX ) )?
        )?
    )
    (?P<qualifier> [?~%] )?
    """,
    re.VERBOSE,
)

_MOMENT = re.compile(
    r"""
    (?P<date> -? [0-9]{4} - [0-9]{2} - [0-9]{2} )
    T
    (?P<clock> (?: [01][0-9] | 2[0-3] ) :
        (?: [0-5][0-9] : [0-5][0-9] | 59:60 )  # leap seconds, in zones of whole hours
    )
    (?P<shift> Z
      | (?! -00 (?: :00 )? \Z )                # ISO 8601 has no negative zero shift
        [+-] (?: [01][0-9] | 2[0-3] ) (?: : [0-5][0-9] )?
    )?
    """,
    re.VERBOSE,
)

_LEVEL_2 = "is EDTF level 2, and only levels 0 and 1 are read: "

# What is wrong with text that neither pattern accepts: the first form found in it says.
_HINTS = (
    (r"\A\Z", "is empty: write 2015, 2015-03 or 2015-03-27."),
    (r"\s", "is not a date: take out the space."),
    (r"[\u2010-\u2015\u2212]", "is not a date: write its dash as a plain hyphen."),
    (r"\A(open|unknown)\Z", "is not a date: write .. for open, nothing for unknown."),
    (r"[\[\]{},]", _LEVEL_2 + "give one date, or an interval such as 1667/1672."),
    (r"\AY-?[0-9]+E", _LEVEL_2 + "write the year out, as in Y170000002."),
    (r"[0-9]S[0-9]", _LEVEL_2 + "leave out the S, and put ~ for about."),
    (r"\AY-?[0-9]{10}", "is not a date: Y takes at most 9 digits, to stay exact."),
    (r"\AY-?[0-9]", "is not a date: Y takes a year of 5 to 9 digits and no month."),
    (r"[?~%]{2}", "is not a date: it takes one of ? ~ %, and % is ? with ~."),
    (r"[0-9]T.*[?~%]", "is not a date: a time of day takes no ? ~ %."),
    (r"[0-9]T", "is not a date: after the day put T23:20:30 and Z, +01:00 or nothing."),
    (r"[-0-9X][?~%][-0-9X]|\A[?~%]", _LEVEL_2 + "put ? ~ % at the very end."),
    (r"\A-0000", "is not a date: the year before 0001 is 0000, without a sign."),
    (r"\A[-0-9X]*X", _LEVEL_2 + "write 201X, 20XX, 2015-XX, 2015-03-XX, 2015-XX-XX."),
    (r"\A[0-9]{8}\Z", "is not a date: put hyphens in, as in 2015-03-27."),
    (r"\A-?[0-9]{5}", "is not a date: a year of over four digits starts with Y."),
    (r"\A-?[0-9]{1,3}(-|\Z)", "is not a date: a year has four digits, as in 0985."),
    (r"\A-?[0-9]{4}-[0-9]", "is not a date: months and days have two digits."),
    (r"", "is not a date: write 2015, 2015-03, 2015-03-27, 2015~ or 2015/2016."),
)


class EdtfError(ValueError):
    """The text is not EDTF level 0 or 1. The message is fit to show to an editor."""


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day, 0001-01-01 being 1, in any astronomical year.

    Raises ValueError where the calendar has no such day.
    """
    cycles, year_of_cycle = divmod(year - 1, _CYCLE_YEARS)
    return cycles * _CYCLE_DAYS + date(year_of_cycle + 1, month, day).toordinal()


def from_day(number: int) -> tuple[int, int, int]:
    """The (year, month, day) of a day number, the year astronomical."""
    cycles, day_of_cycle = divmod(number - 1, _CYCLE_DAYS)
    found = date.fromordinal(day_of_cycle + 1)
    return cycles * _CYCLE_YEARS + found.year, found.month, found.day


@dataclass(frozen=True, slots=True)
class Span:
    """One date of the text: its first day, how long it lasts, how it is qualified.

    `precision` is the finest part that is stated: day, month, season, year, decade or
    century. So 1985-04-XX has the precision and bounds of 1985-04, and differs from it
    only in wording, by what is `unspecified` (month, day or nothing).
    """

    year: int
    month: int = 1
    day: int = 1
    precision: str = "year"
    qualifier: str = ""
    unspecified: str = ""
    time: str = ""

    @property
    def low(self) -> int:
        return day_number(self.year, self.month, self.day)

    @property
    def high(self) -> int:
        return self._last_day(units_later=0)

    @property
    def is_uncertain(self) -> bool:
        return self.qualifier in ("?", "%")

    @property
    def is_approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    def widened(self) -> tuple[int, int]:
        """First and last day number, one unit further out if approximate."""
        if not self.is_approximate:
            return self.low, self.high
        return self._last_day(units_later=-2) + 1, self._last_day(units_later=1)

    def _last_day(self, units_later: int) -> int:
        """The day number on which the date ends, moved by its own length."""
        if self.precision == "day":
            return self.low + units_later
        months = self.year * 12 + self.month - 1
        months += _MONTHS_IN[self.precision] * (units_later + 1)
        return day_number(months // 12, months % 12 + 1, 1) - 1

    def say(self) -> str:
        """The date in words, its qualifier included: “about May 2015 (uncertain)”."""
        lead = f"an unspecified {self.unspecified} in " if self.unspecified else ""
        about = "about " if self.is_approximate else ""
        doubt = " (uncertain)" if self.is_uncertain else ""
        return f"{lead}{about}{_say_span(self)}{_say_time(self.time)}{doubt}"


@dataclass(frozen=True, slots=True)
class Period:
    """A parsed EDTF text: one date, or an interval from one to another.

    `start` and `end` are the same where it is one date, and None where it is open or
    unknown. Seasons are the northern ones, in whole months: spring is March to May,
    summer June to August, autumn September to November, winter December to the next
    February. A time of day counts as the day it is written with, whatever its shift.
    """

    text: str
    start: Span | None
    end: Span | None

    @property
    def low(self) -> int | None:
        """The first day's number; None where the start is open or unknown."""
        return self.start.low if self.start else None

    @property
    def high(self) -> int | None:
        """The last day's number; None where the end is open or unknown."""
        return self.end.high if self.end else None

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def is_open_start(self) -> bool:
        return self.text.startswith("..")

    @property
    def is_open_end(self) -> bool:
        return self.text.endswith("..")

    @property
    def starts_unknown(self) -> bool:
        return self.text.startswith("/")

    @property
    def ends_unknown(self) -> bool:
        return self.text.endswith("/")

    @property
    def precision(self) -> str:
        """day, month, season, year, decade, century; or interval."""
        if self.is_interval or not self.start:
            return "interval"
        return self.start.precision

    @property
    def is_uncertain(self) -> bool:
        """Marked ? or %, at either end."""
        return any(end.is_uncertain for end in (self.start, self.end) if end)

    @property
    def is_approximate(self) -> bool:
        """Marked ~ or %, at either end."""
        return any(end.is_approximate for end in (self.start, self.end) if end)

    def widened(self) -> Bounds:
        """Low and high for comparing: approximate ends moved out by their own unit.

        So 2015~ is 2014 to 2016 and 201X~ is 2000 to 2029; `?` alone moves nothing.
        """
        low = self.start.widened()[0] if self.start else None
        high = self.end.widened()[1] if self.end else None
        return low, high

    def overlaps(self, other: "Period") -> bool | None:
        """Whether the widened periods share a day, open ends having no limit.

        None where that turns on the place of an unknown end: 2015/ against 2020.
        """
        if not _meet(self.widened(), other.widened()):
            return False
        return True if _meet(self._settled(), other._settled()) else None

    def _settled(self) -> Bounds:
        """What is covered wherever an unknown end lies: the known end's own span."""
        if self.starts_unknown and self.end:
            return self.end.widened()
        if self.ends_unknown and self.start:
            return self.start.widened()
        return self.widened()

    def say(self) -> str:
        """The period in words that fit into a sentence: “since May 2015”."""
        if not self.start:
            tail = ", start unknown" if self.starts_unknown else ""
            return f"until {self.end.say()}{tail}" if self.end else ""
        start = self.start.say()
        if self.end:
            return f"from {start} to {self.end.say()}" if self.is_interval else start
        return f"from {start}, end unknown" if self.ends_unknown else f"since {start}"


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """The period that an EDTF text of level 0 or 1 stands for, or EdtfError.

    Nothing is stripped or mended. The work is linear in the length of the text, and
    over 100 characters none is done.
    """
    if len(text) > MAX_LENGTH:
        problem = f"is not a date: it has {len(text)} characters, of at most 100."
        raise _error(f"{text[:20]}…", problem)
    if "/" in text:
        return _read_interval(text)
    single = _read_moment(text) or _read_date(text)
    return Period(text, single, single)


def say(text: str) -> str:
    """An EDTF text as a person would say it, or EdtfError: 2015~ is “about 2015”."""
    return parse(text).say()


def say_point(text: str) -> str:
    """The same for when something happened: an open end is a limit to the moment."""
    period = parse(text)
    if period.is_open_end:
        return f"{period.say().removeprefix('since ')} or later"
    if period.is_open_start:
        return f"{period.say().removeprefix('until ')} or earlier"
    return period.say()


def _error(text: str, problem: str) -> EdtfError:
    # Escaped where a control character or lone surrogate could spoil the page.
    shown = text if text.isprintable() else ascii(text)[1:-1]
    return EdtfError(f"“{shown}” {problem}")


def _read_interval(text: str) -> Period:
    first, _, last = text.partition("/")
    if "/" in last:
        raise _error(text, "is not an interval: it needs exactly one slash (/).")
    start, end = _read_end(first), _read_end(last)
    if not start and not end:
        raise _error(text, "is not an interval: give at least one of its ends.")
    if start and end and end.high < start.low:
        raise _error(text, "is not an interval: it ends before it starts.")
    return Period(text, start, end)


def _read_end(text: str) -> Span | None:
    """The date at one end of an interval; None if it is open or unknown."""
    if text in ("", ".."):
        return None
    if _MOMENT.fullmatch(text):
        raise _error(text, "cannot end an interval: leave out the time of day.")
    end = _read_date(text)
    # The specification has 2004-06-XX/2004-07-03 among its level 2 examples.
    if "X" in text:
        raise _error(text, f"in an interval {_LEVEL_2}give that end without X.")
    return end


def _read_moment(text: str) -> Span | None:
    """A date with a time of day; None if the text is not of that form."""
    if not (match := _MOMENT.fullmatch(text)):
        return None
    day = _read_date(match["date"])
    return replace(day, time=match["clock"] + (match["shift"] or ""))


def _read_date(text: str) -> Span:
    if not (match := _DATE.fullmatch(text)):
        problem = next(hint for form, hint in _HINTS if re.search(form, text))
        raise _error(text, problem)
    if match["masked_year"]:
        found = _read_masked_year(match["masked_year"])
    else:
        year = int(match["long_year"] or match["year"])
        found = _read_within_year(text, year, match["month"], match["day"])
    return replace(found, qualifier=match["qualifier"] or "")


def _read_masked_year(text: str) -> Span:
    # The earliest year: nines before year 0, where -198X runs from -1989 to -1980.
    earliest = int(text.replace("X", "9" if text.startswith("-") else "0"))
    return Span(earliest, precision="century" if text.endswith("XX") else "decade")


def _read_within_year(text: str, year: int, month: str | None, day: str | None) -> Span:
    if month is None:
        return Span(year)
    if month == "XX":
        return Span(year, unspecified="day" if day else "month")
    if month in _SEASON_CODES and day is None:
        return Span(year, month=3 * int(month) - 60, precision="season")
    _check_calendar(text, year, month, day)
    if day is None or day == "XX":
        unspecified = "day" if day else ""
        return Span(year, int(month), precision="month", unspecified=unspecified)
    return Span(year, int(month), int(day), precision="day")


def _check_calendar(text: str, year: int, month: str, day: str | None) -> None:
    """Raise EdtfError unless the year has the month and the month the day."""
    if "00" in (month, day):
        raise _error(text, "is not a date: write XX, not 00, for what is unknown.")
    if month in _SEASON_CODES:
        raise _error(text, "is not a date: a season (21 to 24) takes no day.")
    if 25 <= int(month) <= 41:
        raise _error(text, _LEVEL_2 + "seasons are 21 to 24.")
    if int(month) > 12:
        problem = "is not a date: months are 01 to 12 and seasons 21 to 24."
        raise _error(text, problem)
    # A year of the same length that the calendar module accepts.
    last_day = calendar.monthrange(2000 + year % _CYCLE_YEARS, int(month))[1]
    if day and day != "XX" and int(day) > last_day:
        name = f"{_MONTH_NAMES[int(month) - 1]} {_say_year(year)}"
        raise _error(text, f"is not a date: {name} has {last_day} days.")


def _meet(one: Bounds, other: Bounds) -> bool:
    """Whether two (low, high) pairs share a day, None being without limit."""
    lows = [low for low, _ in (one, other) if low is not None]
    highs = [high for _, high in (one, other) if high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _say_span(span: Span) -> str:
    """The words for a date without its qualifier: “May 2015”, “the 1980s”."""
    year, month = _say_year(span.year), _MONTH_NAMES[span.month - 1]
    match span.precision:
        case "day":
            return f"{span.day} {month} {year}"
        case "month":
            return f"{month} {year}"
        case "season":
            return _say_season(span.year, span.month)
        case "decade":
            return _say_decade(span.year)
        case "century":
            return _say_century(span.year)
    return year


def _say_year(year: int) -> str:
    if year <= 0:
        return f"{1 - year} BC" if year > -9999 else f"{1 - year:,} BC"
    if year < 1000:
        return f"AD {year}"
    return str(year) if year <= 9999 else f"the year {year:,}"


def _say_season(year: int, first_month: int) -> str:
    name = _SEASON_NAMES[first_month // 3 - 1]
    following = f"–{_say_year(year + 1)}" if name == "winter" else ""
    return f"{name} {_say_year(year)}{following}"


def _say_decade(first: int) -> str:
    # “The 1900s” would be taken for the century, “the 80s” for our own.
    if first < 100 or first % 100 == 0:
        return f"the years {_say_year(first)} to {_say_year(first + 9)}"
    return f"the {first}s"


def _say_century(first: int) -> str:
    """19XX is the 20th century and -00XX the 1st BC, as commonly counted."""
    number = abs(first) // 100 + 1
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    if 11 <= number <= 13:
        ending = "th"
    return f"the {number}{ending} century" + (" BC" if first < 0 else "")


def _say_time(time: str) -> str:
    """The words that follow the day: “ at 23:20 UTC−4”, or nothing."""
    clock, shift = time[:8].removesuffix(":00"), time[8:].removesuffix(":00")
    sign, hours = shift[:1].replace("-", "−"), shift[1:].removeprefix("0")
    zone = {"": "", "Z": " UTC", "+00": " UTC"}.get(shift, f" UTC{sign}{hours}")
    return f" at {clock}{zone}" if time else ""
