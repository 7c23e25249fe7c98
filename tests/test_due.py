"""What is left to be settled: keys, in little room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.due import BLOCK, CHUNK, Keys

KEYS = st.sets(st.integers(1, 3 * BLOCK) | st.integers(1, 2**62))


def test_it_works() -> None:
    keys = Keys([3, 1, 3, BLOCK])
    keys |= [2]
    assert [*keys] == [1, 2, 3, BLOCK]
    assert (len(keys), 2 in keys, 4 in keys) == (4, True, False)
    assert [*(keys | Keys([9]))] == [1, 2, 3, 9, BLOCK]
    assert not Keys()


@given(KEYS)
def test_it_is_a_set_in_order(some: set[int]) -> None:
    keys = Keys(some)
    assert [*keys] == sorted(some)
    assert len(keys) == len(some)
    assert all(key in keys for key in some)
    assert [key for chunk in keys.chunks() for key in chunk] == sorted(some)
    assert all(len(chunk) <= CHUNK for chunk in keys.chunks())


def test_what_is_added_meanwhile_disturbs_nobody() -> None:
    keys = Keys([1, 2])
    for key in keys:
        keys.add(key)
    assert [*keys] == [1, 2]
