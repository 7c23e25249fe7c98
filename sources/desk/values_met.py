"""Values that a passage may give: a date, an amount. Proposed, never stored unasked."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from sources.reading.received import edtf_date
from sources.values import plain

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NAMED = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_NAMED}),? \d{{4}}"
    rf"|(?:{_NAMED}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})\b",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b({_NAMED}),? ((?:1[5-9]|20)\d\d)\b", re.IGNORECASE)
_DECADE = re.compile(r"\b((?:1[5-9]|20)\d)0s\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# How a size is said or abbreviated, as a power of ten.
SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
SIZES |= {"k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12}
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "CNY"}
_AMOUNT = re.compile(
    r"(?P<sign>[$£€¥])?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<size>{'|'.join(sorted(SIZES, key=len, reverse=True))})\b)?"
    r"[\s-]?(?P<unit>%|percent\b|per cent\b|[a-z]+)?",
    re.IGNORECASE,
)
_BOUNDS = (
    ("less_than", ("less than", "under", "fewer than", "below")),
    ("more_than", ("more than", "over", "above", "exceeding")),
    ("at_least", ("at least", "no fewer than", "no less than")),
    ("at_most", ("at most", "up to", "no more than")),
    ("nearly", ("nearly", "almost", "just under")),
    ("about", ("about", "around", "roughly", "some", "approximately", "estimated")),
)


def date_in(words: str) -> str:
    """The first date of a passage in EDTF, as exact as it is given; or nothing."""
    if match := _DAY.search(words):
        return edtf_date(match[0])
    if match := _MONTH.search(words):
        return f"{match[2]}-{_MONTHS.index(match[1].lower()) + 1:02}"
    if match := _DECADE.search(words):
        return f"{match[1]}X"
    match = _YEAR.search(words)
    return match[0] if match else ""


def amount_in(words: str) -> dict[str, str]:
    """The first amount of a passage with bound and unit; empty where there is none."""
    match = _AMOUNT.search(words)
    if match is None:
        return {}
    try:
        number = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return {}
    size = SIZES.get((match["size"] or "").lower(), 0)
    unit = _SIGNS.get(match["sign"] or "", "") or _unit(match["unit"] or "")
    before = words[: match.start()].lower().rstrip()
    bound = next((name for name, signs in _BOUNDS if before.endswith(signs)), "exactly")
    return {"amount": plain(number.scaleb(size)), "bound": bound, "unit": unit}


def _unit(word: str) -> str:
    word = word.lower()
    if word in ("%", "percent", "per cent"):
        return "percent"
    if len(word) < 3 or word in ("the", "and", "years-old"):
        return ""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
