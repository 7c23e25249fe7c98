"""One sentence proposed for a claim, from its property's label and its value."""

from __future__ import annotations

import re
from decimal import Decimal

from entities import edtf
from sources.models import Claim
from sources.values import CURRENCIES, plain

# A label that ends so goes on with its value: “based in Hangzhou”.
_OPEN = frozenset(
    [
        "of",
        "in",
        "by",
        "for",
        "as",
        "at",
        "to",
        "with",
        "from",
        "against",
        "out",
        "about",
        "on",
        "affected",
    ]
)
# Labels that are verbs in the past need no other verb.
_PAST = frozenset(
    ["grew", "began", "went", "overtook", "became", "left", "met", "took", "carried"]
)
_PRESENT = re.compile(r"[a-z]+s\Z")
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def proposed(claim: Claim) -> str:
    """A sentence of subject, label and value, for an editor to accept or mend."""
    subject, value = claim.subject.name, value_in_words(claim)
    label = claim.property.label
    meant = f" ({claim.qualifier})" if claim.qualifier else ""
    words = label.lower().split()
    if claim.date:
        return f"{_dated(subject, label, words, claim.date)}{meant}."
    if words[-1] in _OPEN and len(words) > 1:
        verb = "" if words[0] in _PAST or _PRESENT.match(words[0]) else "is "
        return f"{subject} {verb}{label}{meant} {value}."
    if len(words) == 1 and _PRESENT.match(words[0]) and claim.amount is None:
        return f"{subject} {label}{meant} {value}."
    return f"The {label} of {subject}{meant} is {value}."


def _dated(subject: str, label: str, words: list[str], date: str) -> str:
    when = f"{'on' if re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', date) else 'in'} "
    said = edtf.say(date)
    # “Between 2015 and 2017”, “the 1980s or later” bring words of their own.
    when = f"{when}{said}" if said[:1].isdigit() or said[:1].isupper() else said
    if words[-1].endswith("ed") or words in (["born"], ["begun"], ["built"]):
        return f"{subject} was {label} {when}"
    if words[0] in _PAST:
        return f"{subject} {label} {when}"
    return f"The {label} of {subject} is {said}"


def value_in_words(claim: Claim) -> str:
    """What a claim answers, as it stands in a sentence."""
    if claim.object is not None:
        return claim.object.name
    if claim.date:
        return edtf.say(claim.date)
    if claim.amount is None:
        return claim.text or "none"
    if claim.bound == Claim.Bound.BETWEEN and claim.amount_high is not None:
        low = _figure(claim.amount)
        return f"between {low} and {_quantity(claim.amount_high, claim.unit)}"
    bound = "" if claim.bound in ("", Claim.Bound.EXACTLY) else claim.bound
    words = [bound.replace("_", " "), _quantity(claim.amount, claim.unit)]
    return " ".join(filter(None, words))


def _figure(amount: Decimal) -> str:
    for size, word in _SIZES:
        if abs(amount) >= size and amount / size == round(amount / size, 3):
            return f"{plain(amount / size)} {word}"
    return f"{amount.normalize():,f}"


def _quantity(amount: Decimal, unit: str) -> str:
    figure = _figure(amount)
    if unit == "percent":
        return f"{figure}%"
    if unit in CURRENCIES and unit not in ("CNY", "JPY"):
        return f"{CURRENCIES[unit]}{figure}"
    if unit.isupper() or amount == 1 or not unit:
        return f"{figure} {unit}".strip()
    ending = "es" if re.search(r"(s|x|z|ch|sh)$", unit) else "s"
    return f"{figure} {unit}{ending}"
