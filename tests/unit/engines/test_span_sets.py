"""Laws of span sets: joined, disjoint, in order, and the same instants whichever way they are made."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.span_sets import contains, intersect, merge, subtract
from booking_core.kernel.spans import Span

DAY = datetime(2026, 9, 12, tzinfo=UTC)
LAST = 40


def span(start: int, end: int) -> Span:
    return Span(DAY + timedelta(minutes=start), DAY + timedelta(minutes=end))


def minutes_of(spans: tuple[Span, ...]) -> set[int]:
    """The minutes a set of spans covers: the plain model the laws are checked against."""
    return {
        minute
        for one in spans
        for minute in range(
            int((one.start - DAY).total_seconds() // 60), int((one.end - DAY).total_seconds() // 60)
        )
    }


spans = st.builds(lambda start, length: span(start, start + length), st.integers(0, LAST), st.integers(1, 15))
span_lists = st.lists(spans, max_size=8)


def assert_disjoint_and_in_order(result: tuple[Span, ...]) -> None:
    for earlier, later in pairwise(result):
        assert earlier.end < later.start, "spans overlap, touch or are out of order"


@given(span_lists)
def test_merge_keeps_the_instants(given_spans: list[Span]) -> None:
    merged = merge(given_spans)
    assert_disjoint_and_in_order(merged)
    assert minutes_of(merged) == minutes_of(tuple(given_spans))
    assert merge(merged) == merged


@given(span_lists, span_lists)
def test_subtract_takes_exactly_what_is_taken(available: list[Span], taken: list[Span]) -> None:
    left = subtract(available, taken)
    assert_disjoint_and_in_order(left)
    assert minutes_of(left) == minutes_of(tuple(available)) - minutes_of(tuple(taken))


@given(span_lists, span_lists)
def test_intersect_is_what_subtracting_leaves_out(first: list[Span], second: list[Span]) -> None:
    both = intersect(first, second)
    assert_disjoint_and_in_order(both)
    assert minutes_of(both) == minutes_of(tuple(first)) & minutes_of(tuple(second))
    assert both == intersect(second, first)
    assert merge([*both, *subtract(first, second)]) == merge(first)


@given(span_lists, spans)
def test_contains_means_every_instant(available: list[Span], wanted: Span) -> None:
    assert contains(available, wanted) == (minutes_of((wanted,)) <= minutes_of(tuple(available)))


@pytest.mark.parametrize(
    ("available", "taken", "left"),
    [
        pytest.param([(0, 10)], [], [(0, 10)], id="nothing taken"),
        pytest.param([(0, 10)], [(10, 20)], [(0, 10)], id="touching is not overlapping"),
        pytest.param([(0, 10)], [(3, 4), (4, 6)], [(0, 3), (6, 10)], id="neighbours in the middle"),
        pytest.param([(0, 10)], [(0, 10)], [], id="all of it"),
        pytest.param([(0, 5), (5, 10)], [(4, 6)], [(0, 4), (6, 10)], id="across a seam"),
    ],
)
def test_subtract_examples(
    available: list[tuple[int, int]], taken: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    result = subtract([span(*one) for one in available], [span(*one) for one in taken])
    assert result == tuple(span(*one) for one in left)
