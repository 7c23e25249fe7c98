"""How values, counts and answers are put into words, by rule.

Nothing here knows a database: rows come in as they were read, sentences go out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from entities import edtf
from sources.contradictions import Reason, is_currency
from sources.origins import Tally
from sources.values import CURRENCIES

NUMBERS = (
    *("no", "one", "two", "three", "four", "five"),
    *("six", "seven", "eight", "nine", "ten"),
)
SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
# Two currencies share a sign: these are spelt out.
NAMED_CURRENCIES = {"CNY": "yuan", "JPY": "yen"}
IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women"}
BOUNDS = {
    "about": "about ",
    "nearly": "nearly ",
    "less_than": "less than ",
    "at_most": "at most ",
    "more_than": "more than ",
    "at_least": "at least ",
}
NOT_PUBLISHED = "not published"
NONE_DIFFERS = "No differing source among those we hold."


def number(count: int) -> str:
    """Up to ten in words, then in digits."""
    return NUMBERS[count] if 0 <= count <= 10 else f"{count:,}"


@lru_cache(1024)
def plural(noun: str) -> str:
    """The plural of an English noun, its qualifiers left alone."""
    if head := re.match(r"(.+?)( (?:of|per|in|for) .+)$", noun):
        return plural(head[1]) + head[2]
    before, _, last = noun.rpartition(" ")
    if last.lower() in IRREGULAR:
        last = IRREGULAR[last.lower()]
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    else:
        last += "es" if re.search(r"(s|x|z|ch|sh)$", last) else "s"
    return f"{before} {last}".strip()


def counted(count: int, noun: str) -> str:
    """A count as it stands in a sentence: “three articles”, “one article”."""
    return f"{number(count)} {noun if count == 1 else plural(noun)}"


def listed(items: Iterable[str]) -> str:
    """Several things in a sentence: “a, b and c”."""
    *rest, last = list(items)
    return f"{', '.join(rest)} and {last}" if rest else last


def opened(text: str) -> str:
    """With a capital where a sentence or a row begins; “iPhone” stays as it is."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def lowered(text: str) -> str:
    """Without a capital where it stands inside a sentence; names keep theirs."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def sentence(text: str) -> str:
    """With a capital first and a full stop last."""
    ends = text.endswith((".", "!", "?", ".”", "!”", "?”"))
    return opened(text) + ("" if ends else ".")


def date(text: str) -> str:
    """A stored date as a person would say it."""
    return edtf.say(text) if text else ""


def point(text: str) -> str:
    """A stored date at which something happened."""
    return edtf.say_point(text) if text else ""


def day(moment: datetime.date | None) -> str:
    """The day of a moment: “22 November 2026”."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localdate(moment)
    return date(moment.isoformat()) if moment else ""


def figure(amount: Decimal) -> str:
    """A number in digits, millions and more in words where that loses nothing."""
    for size, word in SIZES:
        scaled = amount / size
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{_digits(scaled)} {word}"
    return _digits(amount)


def _digits(amount: Decimal) -> str:
    return f"{amount.normalize():,f}".replace("-", "−")


def quantity(amount: Decimal, unit: str) -> str:
    """An amount with its unit: “$6 million”, “50%”, “10,000 chips”."""
    words = figure(amount)
    if unit == "rank":
        return f"number {words}"
    if unit == "percent":
        return f"{words}%"
    if unit in NAMED_CURRENCIES:
        return f"{words} {NAMED_CURRENCIES[unit]}"
    if is_currency(unit):
        sign = CURRENCIES.get(unit, f"{unit} ")
        minus = "−" if words.startswith("−") else ""
        return f"{minus}{sign}{words.removeprefix('−')}"
    return f"{words} {unit if abs(amount) == 1 else plural(unit)}"


def value(claim: Any) -> str:
    """What a claim answers, in words that fit into a sentence."""
    if claim.object_id is not None:
        return str(claim.object_name)
    if claim.date:
        return point(claim.date)
    if claim.amount is None:
        return claim.text or "none"
    words = quantity(claim.amount, claim.unit)
    if claim.bound == "between":
        return f"between {figure(claim.amount)} and " + quantity(
            claim.amount_high, claim.unit
        )
    return BOUNDS.get(claim.bound, "") + words


def untitled(genre: str, publisher: str, published: str) -> str:
    """What a source without a title is called: its kind, publisher and date."""
    return ", ".join(filter(None, [f"Untitled {genre.lower()}", publisher, published]))


def backing(tally: Tally) -> str:
    """How many articles carry something and what is known of where they have it."""
    articles, known, unknown = tally.articles, tally.origins, tally.not_established
    if not articles:
        return "no article that counts"
    noun = "1 article" if articles == 1 else f"{articles:,} articles"
    if not known and articles == 1:
        return f"{noun}; original source not established"
    if not known:
        return f"{noun}; we do not know whether they share a source"
    found = f"{known:,} separate original sources"
    rest = f", {unknown:,} not established" if unknown else ""
    return f"{noun}; {'1 original source' if known == 1 else found} identified{rest}"


def where_from(tally: Tally, noun: str, origin: str = "") -> str:
    """A sentence on where the articles have it, or nothing if there is none to tell.

    `origin` names the one original source, where there is exactly one.
    """
    articles, known, unknown = tally.articles, tally.origins, tally.not_established
    if not articles:
        return ""
    if not known:
        whom = "it" if articles == 1 else "any of them"
        return f"We do not know where {whom} got {noun}."
    if known == 1 and not unknown:
        return _goes_back(articles, origin) if origin else ""
    found = "One original source is" if known == 1 else f"{number(known)} separate "
    if known > 1:
        found = opened(found) + "original sources are"
    rest = f"; for {counted(unknown, 'article')} none is established" if unknown else ""
    return f"{found} identified{rest}."


def _goes_back(articles: int, origin: str) -> str:
    whom = {1: "It goes", 2: "Both go"}.get(articles, f"All {number(articles)} go")
    return f"{whom} back to one original source: {origin}."


def why(reason: Reason, one: Any, other: Any) -> str:
    """Why two answers differ, agree or cannot be compared."""
    first, second = value(one), value(other)
    pair = f"{first} and {second}"
    match reason:
        case Reason.DATES_APART | Reason.AMOUNTS_APART:
            return sentence(f"{pair} do not overlap")
        case Reason.DATES_OVERLAP | Reason.AMOUNTS_OVERLAP:
            return sentence(f"{pair} overlap")
        case Reason.UNKNOWN_END:
            return f"Between {pair} an end decides that nobody gives."
        case Reason.TWO_CURRENCIES:
            return f"The same number stands in two currencies: {pair}."
        case Reason.OTHER_UNIT:
            return sentence(f"{pair} are in units that cannot be compared")
        case Reason.OTHER_ENTITY:
            return sentence(f"{pair} are not the same")
        case Reason.OTHER_WORDS:
            return f"“{first}” and “{second}” are different answers."
        case Reason.ONE_IS_NONE:
            return f"One says that there is none, another names {_named(one, other)}."
        case Reason.OTHER_KIND:
            return sentence(f"{pair} are answers of different kinds")
        case Reason.OTHER_TIME:
            return sentence(f"{pair} are said of different times")
    return sentence(f"{pair} do not exclude each other")


def _named(one: Any, other: Any) -> str:
    return value(other if one.no_value else one)


def summed_up(state: str, said: list[tuple[str, int]]) -> tuple[str, list[str]]:
    """The gist of a question and its answers, each with its count of articles."""
    if state == "one_answer" and len(said) == 1:
        words, articles = said[0]
        return sentence(words), [_say_so(articles)]
    leads = {
        "agree": "Sources agree.",
        "several": "Several answers.",
        "differ": "Sources differ.",
        "cannot_tell": "The answers cannot be compared.",
    }
    return leads.get(state, "Answers."), each_answer(said)


def _say_so(articles: int) -> str:
    return opened(f"{_articles(articles)} {'say' if articles > 1 else 'says'} so.")


def _articles(count: int) -> str:
    return counted(count, "article") if count else "no article that counts"


def each_answer(said: list[tuple[str, int]], at_most: int = 6) -> list[str]:
    """A sentence for each answer, then how many more there are."""
    sentences = [
        f"{opened(words)}: {_articles(articles)}." for words, articles in said[:at_most]
    ]
    if len(said) > at_most:
        sentences.append(f"And {number(len(said) - at_most)} more.")
    return sentences


def itself(name: str, kind: str) -> str:
    """The subject as a source about itself; of people, the name alone."""
    return name if kind == "person" else f"{name} itself"


def all_of(count: int) -> str:
    return {1: "it", 2: "both"}.get(count, "all of them")


def casts(sources: int, act: str, whom: str) -> str:
    """Who casts doubt: “One article casts doubt on it.”"""
    is_one = sources == 1
    if act == "dispute":
        verb = "disputes" if is_one else "dispute"
    else:
        verb = "casts doubt on" if is_one else "cast doubt on"
    return opened(f"{counted(sources, 'article')} {verb} {whom}.")


def cut(quote: str, limit: int | None = None) -> str:
    """A quote as far as readers see it."""
    limit = settings.PUBLIC_QUOTE_LENGTH if limit is None else limit
    if len(quote) <= limit:
        return quote
    shown = quote[:limit]
    # Not in the middle of a word, where there is a gap at all.
    return (shown.rsplit(None, 1)[0] if " " in shown else shown).rstrip() + "…"
