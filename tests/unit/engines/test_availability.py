"""Free time: stock left at each moment, buffers kept clear, starts on the grid of the wall clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines import availability
from booking_core.engines.availability import candidate_starts, contains, full_spans, kept_clear, subtract
from booking_core.kernel.spans import Span

BERLIN = ZoneInfo("Europe/Berlin")
DAY = datetime(2026, 9, 12, tzinfo=UTC)


def span(start: int, end: int) -> Span:
    return Span(DAY + timedelta(minutes=start), DAY + timedelta(minutes=end))


spans = st.builds(lambda start, length: span(start, start + length), st.integers(0, 60), st.integers(1, 20))


@given(st.lists(st.tuples(spans, st.integers(1, 6)), max_size=8), st.integers(1, 8), st.integers(1, 8))
def test_full_exactly_when_too_few_are_left(taken: list[tuple[Span, int]], stock: int, wanted: int) -> None:
    wanted = min(wanted, stock)
    full = full_spans(taken, stock=stock, wanted=wanted)
    for minute in range(85):
        moment = DAY + timedelta(minutes=minute)
        out = sum(pieces for one, pieces in taken if one.start <= moment < one.end)
        assert any(one.start <= moment < one.end for one in full) == (stock - out < wanted)


@given(st.lists(spans, max_size=5), spans, st.integers(0, 9), st.integers(0, 9))
def test_kept_clear_says_the_same_as_widening_the_use(
    taken: list[Span], use: Span, before: int, after: int
) -> None:
    """A use fits beside the kept-clear time exactly when the use with its buffers misses what is taken."""
    buffers = {"before": timedelta(minutes=before), "after": timedelta(minutes=after)}
    widened = use.widened(buffers["before"], buffers["after"])
    misses = not any(widened.overlaps(one) for one in taken)
    whole = [span(-100, 200)]
    assert contains(subtract(whole, kept_clear(taken, **buffers)), use) == misses


@given(st.lists(spans, min_size=1, max_size=4), st.integers(1, 30), st.sampled_from([5, 10, 15, 30, 60]))
def test_every_start_fits_and_lies_on_the_grid(free: list[Span], length: int, grid: int) -> None:
    duration = timedelta(minutes=length)
    starts = candidate_starts(free, duration, grid_minutes=grid, zone=BERLIN)
    assert list(starts) == sorted(set(starts))
    for start in starts:
        assert contains(free, Span(start, start + duration))
        local = start.astimezone(BERLIN)
        assert (local.hour * 60 + local.minute) % grid == 0
    for minute in range(85):  # and none is missing
        start = DAY + timedelta(minutes=minute)
        if minute % grid == 0 and contains(free, Span(start, start + duration)):
            assert start in starts


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(
            "2027-03-28T00:00+01:00", "2027-03-28T05:00+02:00", ["00", "01", "03", "04"], id="spring"
        ),
        pytest.param(
            "2027-10-31T00:00+02:00", "2027-10-31T04:00+01:00", ["00", "01", "02", "02", "03"], id="autumn"
        ),
    ],
)
def test_starts_on_the_nights_the_clocks_change(first: str, last: str, expected: list[str]) -> None:
    night = Span(datetime.fromisoformat(first), datetime.fromisoformat(last))
    starts = candidate_starts([night], timedelta(hours=1), grid_minutes=60, zone=BERLIN)
    assert [f"{start.astimezone(BERLIN):%H}" for start in starts] == expected


def _on_the_grid(span: Span, length: timedelta, grid: int) -> list[datetime]:
    """Every minute of the span, asked what the clock on the wall shows."""
    minutes = range(int((span.duration - length) / timedelta(minutes=1)) + 1)
    moments = [span.start + timedelta(minutes=minute) for minute in minutes]
    shown = [(moment, moment.astimezone(BERLIN)) for moment in moments]
    return [moment for moment, local in shown if (local.hour * 60 + local.minute) % grid == 0]


@pytest.mark.parametrize("grid", [15, 45, 60, 90, 1440])
@pytest.mark.parametrize(
    "first",
    [
        pytest.param("2027-03-27T05:20+01:00", id="over the spring change"),
        pytest.param("2027-10-30T05:20+02:00", id="over the autumn change"),
        pytest.param("2027-06-01T05:20+02:00", id="in summer"),
    ],
)
def test_starts_over_several_days_are_those_of_the_clock_on_the_wall(first: str, grid: int) -> None:
    begins = datetime.fromisoformat(first).astimezone(UTC)
    for hours in (3, 18, 19, 48, 67):
        free, use = Span(begins, begins + timedelta(hours=hours)), timedelta(minutes=50)
        assert list(candidate_starts([free], use, grid_minutes=grid, zone=BERLIN)) == _on_the_grid(
            free, use, grid
        )


def test_an_ordinary_day_is_not_asked_minute_by_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the two nights of a year need it; a search over months would be slow otherwise."""
    asked: list[str] = []
    monkeypatch.setattr(availability, "wall_clock_fault", lambda day, *_: asked.append(day.isoformat()))
    availability._grid_of_day.cache_clear()
    year = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))
    candidate_starts([year], timedelta(hours=1), grid_minutes=60, zone=BERLIN)
    availability._grid_of_day.cache_clear()
    assert set(asked) == {"2027-03-28", "2027-10-31"}
