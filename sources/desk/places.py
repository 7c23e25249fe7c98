"""What was typed, found: words in a text, a word of the vocabulary, a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow

from django.core.exceptions import ValidationError

from entities.characters import stored_form
from sources import anchors
from sources.desk.values_met import SIZES
from sources.models import Claim, Property
from sources.reading import layout

# So much of what stands around is kept where the words stand more than once.
AROUND = 60
CHANGED = (
    "Our copy has other words at this place: open the page again and select them anew."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a text with their place, and their surroundings if they need them."""

    quote: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


def found(
    text: str | None,
    quote: str,
    start: int | None = None,
    end: int | None = None,
    paragraph: int | None = None,
) -> Place:
    """Where the words stand. Raises ValidationError where that cannot be told."""
    if text is None:
        raise ValidationError("We hold no text of this source: put it in first.")
    quote = stored_form(quote)
    if start is not None and end is not None:
        if text[start:end] != quote or not quote.strip():
            raise ValidationError(CHANGED)
        return _place(text, start, end)
    quote = quote.strip()
    match = anchors.find(text, anchors.Passage(quote))
    if match.state == "ambiguous":
        return _in_paragraph(text, quote, paragraph)
    if match.start is None or match.end is None:
        raise ValidationError("These words are not in our copy of the text.")
    return _place(text, match.start, match.end)


def _in_paragraph(text: str, quote: str, number: int | None) -> Place:
    """The one place of the words in a paragraph, or a message that asks for it."""
    numbered = layout.paragraphs(text)
    starts = anchors.occurrences(text, quote)
    where = [layout.paragraph_at(numbered, start) for start in starts]
    found = [
        start
        for start, one in zip(starts, where, strict=True)
        if one is not None and (number is None or one.number == number)
    ]
    if len(found) == 1:
        return _place(text, found[0], found[0] + len(quote))
    if found and number is not None:
        raise ValidationError(
            f"These words stand {len(found)} times in paragraph {number}: give more."
        )
    told = sorted({one.number for one in where if one is not None})
    paragraphs = ", ".join(map(str, told)) or "several places"
    raise ValidationError(
        f"These words stand more than once, in paragraphs {paragraphs}: give the "
        "number of the one that is meant, or more words."
    )


def _place(text: str, start: int, end: int) -> Place:
    quote = text[start:end]
    if text.count(quote) < 2:
        return Place(quote, start, end)
    before = text[max(0, start - AROUND) : start].strip()
    after = text[end : end + AROUND].strip()
    return Place(quote, start, end, before, after)


def number(typed: str, name: str) -> Decimal | None:
    """A number as people type it, “10,000” or “6m”; raises ValidationError."""
    plain = typed.replace(",", "").replace(" ", "").lower()
    if not plain:
        return None
    figure = plain.rstrip("abcdefghijklmnopqrstuvwxyz")
    size = SIZES.get(plain.removeprefix(figure), 0 if figure == plain else None)
    try:
        amount = Decimal(figure if size is not None else plain).scaleb(size or 0)
        is_huge = not amount.is_finite() or abs(amount) >= 10**15
    except Overflow:
        is_huge = True
    except InvalidOperation as error:
        raise ValidationError({name: "Give a number, such as 6000000."}) from error
    if is_huge:
        raise ValidationError({name: "Give a number below 1,000,000,000,000,000."})
    return amount.normalize()


def property_named(words: str, key: str = "") -> Property | None:
    """The property that was chosen, or whose label or key was typed."""
    if key:
        chosen: Property | None = Property.objects.by_key(key).first()
        return chosen
    typed = words.strip().casefold()
    matching = [
        one
        for one in Property.objects.all()
        if typed and typed in (one.label.casefold(), one.key)
    ]
    return matching[0] if len(matching) == 1 else None


def same_answer(claim: Claim) -> Claim | None:
    """The claim that gives this very answer already, if there is one."""
    standing: Claim | None = Claim.objects.filter(
        subject=claim.subject,
        property=claim.property,
        qualifier=claim.qualifier,
        value_key=claim.value.key,
        during=claim.during,
    ).first()
    return standing
