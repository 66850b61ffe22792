"""Quotas and balances: what earlier bookings come to, and what a booking may still use."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking_core.engines.ordinance import (
    Document,
    DocumentInvalid,
    EarlierUse,
    Outcome,
    QuoteRequest,
    asks_for_history,
    history_of,
    load_document,
    period_looked_at,
    quote,
)
from booking_core.kernel.spans import Span
from tests.unit.engines.ordinance.documents import document

BERLIN = ZoneInfo("Europe/Berlin")
RULES = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Halle, en: Hall}, kind: hall, comprises: third}
  - {id: third, label: {de: Drittel, en: Third}, kind: part}
  - {id: van, label: {de: Transporter, en: Van}, kind: vehicle}
rates: [{id: rent, measure: date, price: 10}]
limits: [{id: quota, require: {quota: %s}, text: {de: Zu viel., en: Too much.}}]
"""


def _rules(quota: str) -> Document:
    return load_document(RULES % quota)


def _span(start: str, end: str) -> Span:
    return Span(*(datetime.fromisoformat(f"2026-{one}").replace(tzinfo=BERLIN) for one in (start, end)))


def _request(*spans: Span, resource: str = "van") -> QuoteRequest:
    return QuoteRequest((resource,), spans, BERLIN)


def _used(*spans: Span, resource: str = "van") -> list[EarlierUse]:
    return [EarlierUse((resource,), span) for span in spans]


TWELFTH = _span("09-12T10:00", "09-12T18:00")


DAYS_A_MONTH = "{count: days, per: month, max: 3}"
IN_A_ROW = "{count: days, per: row, max: 3}"


@pytest.mark.parametrize(
    ("quota", "earlier", "history"),
    [
        (DAYS_A_MONTH, "09-01T10:00 09-02T18:00", {"days:2026-09": 2}),
        (DAYS_A_MONTH, "08-31T10:00 09-01T18:00", {"days:2026-09": 1}),
        (DAYS_A_MONTH, "09-01T08:00 09-01T09:00, 09-01T20:00 09-01T21:00", {"days:2026-09": 1}),
        (DAYS_A_MONTH, "09-12T20:00 09-13T09:00", {"days:2026-09": 1}),
        (DAYS_A_MONTH, "08-31T10:00 08-31T18:00", {}),
        (
            "{count: hours, per: day, max: 3}",
            "09-12T08:00 09-12T09:30, 09-11T08:00 09-11T09:00",
            {"hours:2026-09-12": Decimal("1.5")},
        ),
        (
            "{count: bookings, per: week, max: 3}",
            "09-07T10:00 09-08T10:00, 09-06T10:00 09-06T11:00",
            {"bookings:2026-W37": 1},
        ),
        (
            "{count: hours, per: year, max: 3}",
            "01-01T00:00 01-01T01:00, 12-31T22:00 12-31T23:30",
            {"hours:2026": Decimal("2.5")},
        ),
        (IN_A_ROW, "09-11T10:00 09-11T18:00, 09-09T10:00 09-09T18:00", {"days:2026-09-11": 1}),
        (IN_A_ROW, "09-13T10:00 09-14T18:00", {"days:2026-09-13": 1, "days:2026-09-14": 1}),
    ],
)
def test_earlier_bookings_become_history(quota: str, earlier: str, history: dict[str, Decimal]) -> None:
    spans = [_span(*one.split()) for one in earlier.split(", ")]
    assert history_of(_rules(quota), _request(TWELFTH), _used(*spans), {}) == history


@pytest.mark.parametrize(
    ("quota", "earlier", "outcome"),
    [
        ("{count: days, per: row, max: 3}", ["09-10T10:00 09-11T18:00"], Outcome.ACCEPTED),
        ("{count: days, per: row, max: 3}", ["09-09T10:00 09-11T18:00"], Outcome.REFUSED),
        ("{count: days, per: row, max: 3}", ["09-10T10:00 09-11T18:00", "09-13T10:00 09-13T11:00"], Outcome.REFUSED),
        ("{count: days, per: row, max: 3}", ["09-08T10:00 09-10T18:00", "09-14T10:00 09-16T11:00"], Outcome.ACCEPTED),
        ("{count: days, per: month, max: 3}", ["09-01T10:00 09-02T18:00"], Outcome.ACCEPTED),
        ("{count: days, per: month, max: 3}", ["09-01T10:00 09-03T18:00"], Outcome.REFUSED),
        ("{count: hours, per: day, under: 9.5}", ["09-12T08:00 09-12T09:00"], Outcome.ACCEPTED),
        ("{count: hours, per: day, under: 9.5}", ["09-12T08:00 09-12T09:30"], Outcome.REFUSED),
        ("{count: bookings, per: week, max: 1}", ["09-07T08:00 09-07T09:30"], Outcome.REFUSED),
        ("{count: bookings, per: week, max: 1}", ["09-06T08:00 09-06T09:30"], Outcome.ACCEPTED),
    ],
)  # fmt: skip
def test_history_and_the_booking_together_keep_the_quota(
    quota: str, earlier: list[str], outcome: Outcome
) -> None:
    rules = _rules(quota)
    request = _request(TWELFTH)
    history = history_of(rules, request, _used(*[_span(*one.split()) for one in earlier]), {})
    answer = quote(rules, QuoteRequest(("van",), (TWELFTH,), BERLIN, history=history))
    assert answer.outcome is outcome


def test_a_quota_of_some_counts_what_comprises_them_and_nothing_else() -> None:
    rules = _rules("{count: days, per: month, max: 2, of: third}")
    earlier = [
        *_used(_span("09-01T10:00", "09-01T11:00"), resource="hall"),
        *_used(_span("09-02T10:00", "09-02T11:00"), resource="third"),
        *_used(_span("09-03T10:00", "09-03T11:00")),
    ]
    history = history_of(rules, _request(TWELFTH, resource="hall"), earlier, {})
    assert history == {"days:third:2026-09": 2}
    outcomes = [
        quote(rules, QuoteRequest((resource,), (TWELFTH,), BERLIN, history=history)).outcome
        for resource in ("van", "third", "hall")
    ]
    assert outcomes == [Outcome.ACCEPTED, Outcome.REFUSED, Outcome.REFUSED]


@pytest.mark.parametrize(
    ("quota", "first", "last"),
    [
        ("{count: days, per: day, max: 3}", "09-12", "09-14"),
        ("{count: days, per: week, max: 3}", "09-07", "09-14"),
        ("{count: days, per: month, max: 3}", "09-01", "10-01"),
        ("{count: days, per: year, max: 3}", "01-01", "12-31"),
    ],
)
def test_only_the_periods_touched_are_looked_at(quota: str, first: str, last: str) -> None:
    found = period_looked_at(_rules(quota), [TWELFTH, _span("09-13T18:00", "09-14T00:00")], BERLIN)
    end = "2027-01-01" if last == "12-31" else f"2026-{last}"
    assert found is not None
    assert (found.start, found.end) == tuple(
        datetime.fromisoformat(one).replace(tzinfo=BERLIN) for one in (f"2026-{first}", end)
    )


def test_a_document_without_quotas_and_accounts_asks_for_nothing() -> None:
    plain = document("borgstedt-doerpshus")
    assert not asks_for_history(plain)
    assert period_looked_at(plain, [TWELFTH], BERLIN) is None
    assert history_of(plain, _request(TWELFTH), _used(TWELFTH), {"card": Decimal(3)}) == {}


def test_a_balance_is_carried_on_under_the_name_it_is_counted_by() -> None:
    space = document("makerspace")
    assert asks_for_history(space)
    request = QuoteRequest(("cutter",), (TWELFTH,), BERLIN)
    assert history_of(space, request, [], {"card": Decimal(7)}) == {"card_quarters": 7}
    assert history_of(space, request, [], {}) == {}


@pytest.mark.parametrize(
    ("quota", "german"),
    [("{count: hours, per: row, max: 3}", "count: days"), ("{count: hours, per: day}", "mindestens eines"),
     ("{count: days, per: day, max: 1, of: bus}", "Unbekannt: bus")],
)  # fmt: skip
def test_a_quota_that_says_nothing_or_nonsense_is_refused_by_line(quota: str, german: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        _rules(quota)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path.startswith("limits[0].require.quota")) == (10, True)
    assert german in problem.message.de


@given(st.sets(st.integers(0, 60), max_size=25), st.integers(0, 60), st.integers(1, 6))
@settings(deadline=None, max_examples=60)
def test_days_in_a_row_are_the_longest_unbroken_stretch_around_the_booking(
    used: set[int], day: int, most: int
) -> None:
    def span_of(number: int) -> Span:
        month, in_month = (9, number + 1) if number < 30 else (10, number - 29)
        return _span(f"{month:02}-{in_month:02}T10:00", f"{month:02}-{in_month:02}T11:00")

    used = {min(one, 59) for one in used}
    day = min(day, 59)
    length = 1
    for step in (-1, 1):
        neighbour = day + step
        while neighbour in used - {day}:
            length, neighbour = length + 1, neighbour + step
    rules = _rules(f"{{count: days, per: row, max: {most}}}")
    request = _request(span_of(day))
    history = history_of(rules, request, _used(*map(span_of, used)), {})
    answer = quote(rules, QuoteRequest(("van",), request.spans, BERLIN, history=history))
    assert (answer.outcome is Outcome.ACCEPTED) is (length <= most)
