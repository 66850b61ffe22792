"""Which pieces to take: nothing that fits is refused, nothing taken is taken again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.allocation import Area, allot, everything_left
from booking_core.kernel.spans import Span

DAY = datetime(2026, 9, 12, tzinfo=UTC)
STOCK = 5


def area(start: int, end: int, first: int, last: int) -> Area:
    return Area(Span(DAY + timedelta(hours=start), DAY + timedelta(hours=end)), first, last)


def cells(areas: tuple[Area, ...] | list[Area]) -> list[tuple[int, int]]:
    """Hour and piece, once for each area that covers it."""
    return [
        (hour, piece)
        for one in areas
        for hour in range(24)
        for piece in range(one.first, one.end)
        if one.span.start <= DAY + timedelta(hours=hour) < one.span.end
    ]


areas = st.builds(
    lambda start, length, first, pieces: area(start, start + length, first, min(STOCK, first + pieces)),
    st.integers(0, 8), st.integers(1, 4), st.integers(0, STOCK - 1), st.integers(1, STOCK),
)  # fmt: skip


@st.composite
def taken_lists(draw: st.DrawFn) -> list[Area]:
    """Areas that do not overlap: what the table can hold."""
    chosen: list[Area] = []
    for candidate in draw(st.lists(areas, max_size=8)):
        if not set(cells([candidate])) & set(cells(chosen)):
            chosen.append(candidate)
    return chosen


@given(taken_lists(), areas, st.integers(1, STOCK))
def test_allotted_if_and_only_if_it_fits(taken: list[Area], wish: Area, wanted: int) -> None:
    result = allot(wish.span, wanted=wanted, stock=STOCK, taken=taken)
    hours = sorted({hour for hour, _ in cells([wish])})
    out = {hour: sum(1 for other, _ in cells(taken) if other == hour) for hour in hours}
    assert bool(result) == all(STOCK - out[hour] >= wanted for hour in hours)
    if result:
        mine = cells(result)
        assert len(mine) == len(set(mine)), "a piece is given twice"
        assert not set(mine) & set(cells(taken)), "a piece is taken that was taken"
        assert all(sum(1 for other, _ in mine if other == hour) == wanted for hour in hours)
        assert {hour for hour, _ in mine} == set(hours)


@given(taken_lists(), areas)
def test_everything_left_fills_the_rest(taken: list[Area], wish: Area) -> None:
    left = cells(everything_left(wish.span, stock=STOCK, taken=taken))
    hours = {hour for hour, _ in cells([wish])}
    everything = {(hour, piece) for hour in hours for piece in range(STOCK)}
    assert len(left) == len(set(left))
    assert set(left) == everything - set(cells(taken))


@pytest.mark.parametrize(
    ("taken", "wanted", "expected"),
    [
        pytest.param([], 3, [area(8, 12, 0, 3)], id="the lowest pieces"),
        pytest.param([area(8, 12, 0, 2)], 3, [area(8, 12, 2, 5)], id="the first range that fits"),
        pytest.param(
            [area(8, 12, 1, 2), area(8, 12, 3, 4)], 3,
            [area(8, 12, 0, 1), area(8, 12, 2, 3), area(8, 12, 4, 5)], id="in ranges, where it is fragmented",
        ),
        pytest.param([area(8, 12, 0, 3)], 3, [], id="too few left"),
        pytest.param(
            [area(8, 10, 0, 3), area(10, 12, 2, 5)], 2, [area(8, 10, 3, 5), area(10, 12, 0, 2)],
            id="in turns, where no piece is free throughout",
        ),
        pytest.param([area(6, 8, 0, 5), area(12, 14, 0, 5)], 5, [area(8, 12, 0, 5)], id="neighbours do not count"),
    ],
)  # fmt: skip
def test_examples(taken: list[Area], wanted: int, expected: list[Area]) -> None:
    wish = Span(DAY + timedelta(hours=8), DAY + timedelta(hours=12))
    assert list(allot(wish, wanted=wanted, stock=STOCK, taken=taken)) == sorted(expected)
