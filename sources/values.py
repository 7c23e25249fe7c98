"""The typed value of a claim: its bounds, its key, its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from entities import edtf
from entities.folding import fold

SIGNIFICANT_DIGITS = 15
# How far “about” and “nearly” reach where the property says nothing else.
TOLERANCE = Decimal("0.1")
FIELD_OF_TYPE = {
    "entity": "object",
    "date": "date",
    "quantity": "amount",
    "text": "text",
}
CURRENCIES = {"USD": "$", "GBP": "£", "EUR": "€", "CNY": "¥", "JPY": "¥"}


@dataclass(frozen=True, slots=True)
class Value:
    """What a claim answers: one of an entity, a date, an amount, words; or none."""

    object_id: int | None = None
    date: str = ""
    amount: Decimal | None = None
    amount_high: Decimal | None = None
    unit: str = ""
    bound: str = ""
    text: str = ""

    @classmethod
    def of(cls, row: Any) -> Value:
        """That of a claim, or of a row with its columns."""
        return cls(
            object_id=row.object_id,
            date=row.date,
            amount=row.amount,
            amount_high=row.amount_high,
            unit=row.unit,
            bound=row.bound,
            text=row.text,
        )

    @property
    def type(self) -> str:
        """entity, date, quantity, text, or none for “known to be none”."""
        if self.object_id is not None:
            return "entity"
        if self.date:
            return "date"
        if self.amount is not None:
            return "quantity"
        return "text" if self.text else "none"

    @property
    def key(self) -> str:
        """Equal for equal values, never empty, at most 200 characters."""
        match self.type:
            case "entity":
                return f"e:{self.object_id}"
            case "date":
                return f"d:{self.date}"
            case "quantity":
                numbers = [plain(self.amount), plain(self.amount_high)]
                return ":".join(["q", self.unit, self.bound, *filter(None, numbers)])
            case "text":
                folded = fold(self.text) or self.text
                if len(folded) > 190:
                    folded = hashlib.sha256(folded.encode()).hexdigest()
                return f"t:{folded}"
        return "none"

    def bounds(self) -> tuple[float | None, float | None]:
        """Lowest and highest: days for dates, numbers for amounts; None = open."""
        if self.date:
            period = edtf.parse(self.date)
            return period.low, period.high
        if self.amount is None:
            return None, None
        reach = self.reach()
        low = None if reach.low is None else float(reach.low)
        return low, None if reach.high is None else float(reach.high)

    def reach(self, tolerance: Decimal | None = None) -> Reach:
        """The amounts it allows; the tolerance is a fraction, 0.1 if None."""
        assert self.amount is not None
        amount, share = self.amount, TOLERANCE if tolerance is None else tolerance
        spread = abs(amount) * share
        match self.bound:
            case "about":
                return Reach(amount - spread, amount + spread)
            case "nearly":
                least = amount - amount * share
                return Reach(min(least, amount), max(least, amount))
            case "less_than":
                return Reach(None, amount, excludes_high=True)
            case "at_most":
                return Reach(None, amount)
            case "more_than":
                return Reach(amount, None, excludes_low=True)
            case "at_least":
                return Reach(amount, None)
            case "between":
                return Reach(amount, self.amount_high)
        return Reach(amount, amount)


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of amounts; None = without end on that side."""

    low: Decimal | None
    high: Decimal | None
    excludes_low: bool = False
    excludes_high: bool = False

    def ends_before(self, other: Reach) -> bool:
        """Whether all of it lies below all of the other."""
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.excludes_high or other.excludes_low
        return self.high < other.low


def plain(amount: Decimal | None) -> str:
    """An amount without exponent or trailing zeros; nothing for None."""
    return "" if amount is None else f"{amount.normalize():f}"
