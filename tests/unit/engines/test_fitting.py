"""The quick arithmetic of a search says the same as the sets of spans."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.availability import contains, full_spans, kept_clear, subtract
from booking_core.engines.fitting import TakenUnit, blocks_of, fitting_starts, seconds, span_at
from booking_core.kernel.spans import Span

ZERO = datetime(2027, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hour: int) -> datetime:
    return ZERO + hour * HOUR


stretches = st.tuples(st.integers(0, 47), st.integers(1, 12), st.integers(1, 3)).map(
    lambda one: (Span(at(one[0]), at(one[0] + one[1])), one[2])
)


def taken_unit(taken: list[tuple[Span, int]]) -> TakenUnit:
    return TakenUnit(
        [seconds(span.start) for span, _ in taken],
        [seconds(span.end) for span, _ in taken],
        [pieces for _, pieces in taken],
    )


@given(st.lists(stretches, max_size=8), st.integers(1, 4))
def test_blocks_are_where_too_few_pieces_are_left(taken: list[tuple[Span, int]], wanted: int) -> None:
    stock = 4
    blocks = blocks_of(taken_unit(taken), stock=stock, wanted=wanted)
    slow = full_spans(taken, stock=stock, wanted=wanted)
    covered = {
        hour
        for start, end in blocks
        for hour in range((start - seconds(ZERO)) // 3600, (end - seconds(ZERO)) // 3600)
    }
    assert covered == {
        hour for hour in range(60) if any(span.contains(Span(at(hour), at(hour + 1))) for span in slow)
    }


@given(st.lists(stretches, max_size=8), st.integers(1, 6), st.integers(0, 2), st.integers(0, 2))
def test_starts_that_fit_are_those_whose_use_is_free(
    taken: list[tuple[Span, int]], length: int, before: int, after: int
) -> None:
    day = Span(at(-12), at(72))
    spans = [span for span, _ in taken]
    free = subtract([day], kept_clear(spans, before=before * HOUR, after=after * HOUR))
    starts = [at(hour) for hour in range(48)]
    quick = fitting_starts(
        [seconds(start) for start in starts],
        [(seconds(span.start), seconds(span.end)) for span in spans],
        duration=length * 3600,
        before=before * 3600,
        after=after * 3600,
    )
    assert list(quick) == [
        seconds(start) for start in starts if contains(free, Span(start, start + length * HOUR))
    ]


def test_a_use_may_touch_what_is_taken() -> None:
    starts = [seconds(at(hour)) for hour in (8, 9, 10, 11, 12)]
    blocks = [(seconds(at(10)), seconds(at(11)))]
    fits = fitting_starts(starts, blocks, duration=3600, before=0, after=0)
    assert [span_at(start, HOUR).start for start in fits] == [at(8), at(9), at(11), at(12)]
