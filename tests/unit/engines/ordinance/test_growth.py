"""What more time does to a price: never less, unless the document names a smaller price; cut or whole, as it says.

A document says that longer is cheaper by a step with a smaller price, a package, or another rule from some length on.
Under one and the same rules a longer booking therefore never costs less.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking_core.engines.ordinance import LineKind, Outcome, Quote, QuoteRequest, load_document, quote
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from tests.unit.engines.ordinance.documents import PATHS, document

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = [path.stem for path in PATHS]
CLOCK_CHANGES = [datetime(2027, 3, 27, 12, tzinfo=BERLIN), datetime(2027, 10, 30, 12, tzinfo=BERLIN)]


def _rules(result: Quote) -> set[tuple[str, str]]:
    """The rules that charged, with their conditions in words."""
    return {(line.rule, line.explanation.de.partition("Regel:")[2]) for line in result.lines}


@st.composite
def growing_bookings(draw: st.DrawFn) -> tuple[str, QuoteRequest, QuoteRequest]:
    """The same booking twice, the second one longer."""
    name = draw(st.sampled_from(NAMES))
    chosen = document(name)
    start = draw(
        st.one_of(
            st.sampled_from(CLOCK_CHANGES),
            st.integers(0, 10_000).map(
                lambda hours: datetime(2026, 3, 1, 8, tzinfo=BERLIN) + timedelta(hours=hours)
            ),
        )
    )
    short = draw(st.integers(1, 2_000))
    longer = short + draw(st.integers(1, 2_000))
    request = QuoteRequest(
        resources=(draw(st.sampled_from([entry.id for entry in chosen.resources])),),
        spans=(Span(start, start + timedelta(minutes=short)),),
        zone=BERLIN,
        group=draw(st.sampled_from([entry.id for entry in chosen.groups] or [None])),
        purpose=draw(st.sampled_from([entry.id for entry in chosen.purposes] or [None])),
        persons=draw(st.sampled_from([None, 10, 40])),
        facts={fact.id: Decimal(3) for fact in chosen.facts if fact.kind == "number" and not fact.after_use},
    )
    return name, request, replace(request, spans=(Span(start, start + timedelta(minutes=longer)),))


@given(growing_bookings())
@settings(max_examples=150, deadline=None)
def test_longer_is_never_cheaper_under_the_same_rules(case: tuple[str, QuoteRequest, QuoteRequest]) -> None:
    name, short, longer = case
    before, after = quote(document(name), short), quote(document(name), longer)
    if Outcome.REFUSED in (before.outcome, after.outcome) or _rules(before) != _rules(after):
        return
    caps = [line for line in (*before.lines, *after.lines) if line.kind is LineKind.SURCHARGE]
    if not caps:
        assert after.total.cents >= before.total.cents


STEPS = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources: [{id: hall, label: {de: Halle, en: Hall}, kind: hall}]
rates: [{id: rent, measure: hour, steps: [{up_to: 2, price: 30}, {up_to: 8, price: 25}]}]
"""


def test_a_document_says_that_longer_is_cheaper_by_a_step_with_a_smaller_price() -> None:
    start = datetime(2026, 9, 12, 10, tzinfo=BERLIN)

    def total(hours: int) -> int:
        span = Span(start, start + timedelta(hours=hours))
        return quote(load_document(STEPS), QuoteRequest(("hall",), (span,), BERLIN)).total.cents

    assert (total(2), total(3)) == (3_000, 2_500)


@pytest.mark.parametrize("start", [*CLOCK_CHANGES, datetime(2026, 8, 29, 12, tzinfo=BERLIN)])
@given(days=st.integers(1, 5))
@settings(max_examples=5, deadline=None)
def test_split_by_day_is_the_sum_of_the_days(start: datetime, days: int) -> None:
    """Camp site, price by season and day: cut at midnight, the pieces cost what the whole costs."""
    midnight = start.replace(hour=0)
    cuts = [
        start,
        *(midnight + timedelta(days=day) for day in range(1, days)),
        midnight + timedelta(days=days),
    ]

    def total(begin: datetime, end: datetime) -> int:
        return quote(
            document("halls"), QuoteRequest(("camp",), (Span(begin, end),), BERLIN, group="resident")
        ).total.cents

    assert total(cuts[0], cuts[-1]) == sum(total(a, b) for a, b in pairwise(cuts))


@given(before=st.integers(1, 6), after=st.integers(1, 6))
@settings(max_examples=15, deadline=None)
def test_split_by_day_part_is_the_sum_of_the_parts(before: int, after: int) -> None:
    """Court, dearer from six in the evening on: cut there, the pieces cost what the whole costs."""
    six = datetime(2026, 9, 15, 18, tzinfo=BERLIN)
    begin, end = six - timedelta(hours=before), six + timedelta(hours=after)

    def total(*span: datetime) -> int:
        request = QuoteRequest(("court",), (Span(*span),), BERLIN, group="resident", purpose="sport")
        return quote(document("halls"), request).total.cents

    assert total(begin, end) == total(begin, six) + total(six, end) == 1_000 * before + 1_500 * after


@pytest.mark.parametrize(
    ("start", "hours", "nights"),
    [(datetime(2027, 3, 27, 22, tzinfo=BERLIN), 5, 1), (datetime(2027, 10, 30, 22, tzinfo=BERLIN), 7, 1)],
    ids=["23 hours", "25 hours"],
)
def test_hours_elapse_and_nights_are_counted_where_the_clock_changes(
    start: datetime, hours: int, nights: int
) -> None:
    """From ten in the evening until four in the morning, by the clock six hours."""
    end = (start + timedelta(hours=6)).replace(hour=4)
    span = Span(start, end)
    party = quote(
        document("halls"), QuoteRequest(("court",), (span,), BERLIN, group="guest", purpose="party")
    )
    studio = quote(document("halls"), QuoteRequest(("studio",), (span,), BERLIN, group="guest"))
    assert sum(line.quantity for line in party.lines) == hours
    assert [line.quantity for line in studio.lines] == [nights]


@pytest.mark.parametrize(
    ("euro", "cents"), [("0.005", 1), ("0.0049", 0), ("2.675", 268), ("-0.005", -1), ("1.125", 113)]
)
def test_half_a_cent_is_rounded_up(euro: str, cents: int) -> None:
    assert Money.from_decimal(Decimal(euro)).cents == cents
