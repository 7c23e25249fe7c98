from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.values import Reach, Value, plain


def amount(number, bound="exactly", unit="USD", high=None):
    top = None if high is None else Decimal(high)
    return Value(amount=Decimal(number), amount_high=top, unit=unit, bound=bound)


@pytest.mark.parametrize(
    ("value", "kind", "key"),
    [
        (Value(object_id=7), "entity", "e:7"),
        (Value(date="2015-05~"), "date", "d:2015-05~"),
        (amount("6000000.00", "about"), "quantity", "q:USD:about:6000000"),
        (
            amount("1E+6", "between", high="2.50"),
            "quantity",
            "q:USD:between:1000000:2.5",
        ),
        (Value(text="A  Small city!"), "text", "t:a small city"),
        (Value(text="!?"), "text", "t:!?"),
        (Value(), "none", "none"),
    ],
)
def test_it_works(value, kind, key):
    assert (value.type, value.key) == (kind, key)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (amount(100), (100, 100)),
        (amount(100, "about"), (90, 110)),
        (amount(-100, "about"), (-110, -90)),
        (amount(100, "nearly"), (90, 100)),
        (amount(-100, "nearly"), (-100, -90)),
        (amount(100, "less_than"), (None, 100)),
        (amount(100, "at_most"), (None, 100)),
        (amount(100, "more_than"), (100, None)),
        (amount(100, "at_least"), (100, None)),
        (amount(100, "between", high=200), (100, 200)),
        (Value(date="0001"), (1, 365)),
        (Value(date="0001-02/.."), (32, None)),
        (Value(date="/0001"), (None, 365)),
        (Value(text="words"), (None, None)),
        (Value(object_id=1), (None, None)),
        (Value(), (None, None)),
    ],
)
def test_it_knows_how_far_a_value_reaches(value, bounds):
    assert value.bounds() == bounds


@pytest.mark.parametrize(
    ("tolerance", "low"),
    [(None, "90"), ("0.05", "95"), ("0.5", "50"), ("0", "100")],
)
def test_it_lets_the_property_say_what_about_means(tolerance, low):
    given_tolerance = None if tolerance is None else Decimal(tolerance)
    assert amount(100, "about").reach(given_tolerance).low == Decimal(low)
    assert amount(100, "nearly").reach(given_tolerance).low == Decimal(low)


def test_it_leaves_out_the_bound_of_less_and_more():
    assert amount(6, "less_than").reach() == Reach(None, Decimal(6), excludes_high=True)
    assert amount(6, "more_than").reach() == Reach(Decimal(6), None, excludes_low=True)


def test_it_keeps_a_long_text_in_a_short_key():
    long, longer = Value(text="word " * 90), Value(text="word " * 91)
    assert len(long.key) <= 200
    assert long.key != longer.key


@given(st.text(min_size=1, max_size=500))
def test_it_gives_every_text_a_key_that_fits(text):
    assert 2 < len(Value(text=text).key) <= 200


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10))
def test_it_writes_an_amount_without_zeros_at_its_end(number):
    written = plain(number)
    assert Decimal(written) == number.normalize()
    assert "E" not in written
    assert "." not in written or not written.endswith("0")


def test_it_writes_nothing_for_no_amount():
    assert plain(None) == ""
