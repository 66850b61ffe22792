"""What holds for every ordinance anybody could write, tried on random ones: sums, order, growth, cuts, clocks."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from booking_core.engines.ordinance import (
    LineKind,
    Outcome,
    Quote,
    QuoteRequest,
    check,
    document_from_data,
    quote,
    quote_from_data,
    quote_to_data,
    request_from_stored,
    request_to_data,
)
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span, end_of_day_or
from tests.unit.engines.ordinance.random_documents import (
    BERLIN,
    HEAD,
    LABEL,
    Data,
    at,
    documents,
    prices,
    requests,
)

FEW = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
ORDERED = (
    "rates", "addons", "adjustments", "caps", "exemptions", "deposit", "tax", "limits", "payment", "cancellation",
    "handover",
)  # fmt: skip


def _figures(result: Quote) -> tuple[object, ...]:
    """Everything but the order of lines, and the name of one of two taxes that say the same."""
    lines = sorted(
        ("" if line.kind is LineKind.TAX else line.rule, line.quantity, line.unit_price, line.factor,
         line.amount.cents, line.tax_percent or 0)
        for line in result.lines
    )  # fmt: skip
    return result.outcome, result.total, result.deposit, result.needs_approval, result.payment_due_on, lines


@given(documents(), requests())
@FEW
def test_lines_sum_to_the_total_and_each_is_its_product(data: Data, request: QuoteRequest) -> None:
    result = quote(document_from_data(data), request)
    assert result.total.cents == sum(line.amount.cents for line in result.lines if not line.after_use)
    for line in result.lines:
        assert line.amount == Money.from_decimal(line.quantity * line.unit_price * line.factor)
    assert result.deposit.cents >= 0
    if result.outcome is Outcome.REFUSED:
        assert not result.lines


@given(documents(), requests())
@FEW
def test_what_is_stored_gives_the_same_figures_again(data: Data, request: QuoteRequest) -> None:
    result = quote(document_from_data(data), request)
    again = quote(document_from_data(dict(data)), request_from_stored(request_to_data(request)))
    assert again == result == quote_from_data(quote_to_data(result))


def _order_does_not_matter(data: Data, request: QuoteRequest, seed: int) -> None:
    document = document_from_data(data)
    assume(not check(document).problems)
    shuffled = dict(data)
    for listed in ORDERED:
        rules = list(data.get(listed, ()))
        Random(seed).shuffle(rules)  # noqa: S311 - a repeatable order, not a secret
        shuffled[listed] = rules
    assert _figures(quote(document_from_data(shuffled), request)) == _figures(quote(document, request))


@given(documents(), requests(), st.integers(0, 9))
@FEW
def test_the_order_of_rules_does_not_matter_or_the_check_says_so(
    data: Data, request: QuoteRequest, seed: int
) -> None:
    _order_does_not_matter(data, request, seed)


@pytest.mark.slow
def test_the_order_of_rules_does_not_matter_in_very_many_documents() -> None:
    settings(FEW, max_examples=2_000)(
        given(documents(), requests(), st.integers(0, 9))(_order_does_not_matter)
    )()


CAPS: list[Data] = [
    {"id": "most", "label": LABEL, "of": "rates", "maximum": {"amount": 40}},
    {"id": "tens", "label": LABEL, "of": "all", "round_to": 10, "rounding": "up"},
]
TAXES: list[Data] = [
    {"id": "low", "of": "rates", "mode": "added", "percent": 7},
    {"id": "high", "of": "rates", "mode": "added", "percent": 19},
]
PAYMENTS: list[Data] = [{"id": f"in{days}", "text": LABEL, "due": {"days": days}} for days in (7, 14)]
HANDOVERS: list[Data] = [
    {"id": f"from{hour}", "text": LABEL, "from": f"{hour}:00", "to": f"{hour}:00"} for hour in (10, 12)
]


@pytest.mark.parametrize(
    ("listed", "rules"),
    [("caps", CAPS), ("tax", TAXES), ("payment", PAYMENTS), ("handover", HANDOVERS)],
    ids=["caps", "tax", "payment", "handover"],
)
def test_rules_that_must_go_one_before_the_other_say_which(listed: str, rules: list[Data]) -> None:
    plain: Data = {**HEAD, "rates": [{"id": "rent", "measure": "hour", "price": 33}]}
    (problem,) = check(document_from_data({**plain, listed: rules})).problems
    assert problem.path == f"{listed}[1]"
    assert "priority" in problem.message.de
    span = Span(datetime(2027, 6, 5, 11, tzinfo=BERLIN), datetime(2027, 6, 6, 13, tzinfo=BERLIN))
    request = QuoteRequest(("hall",), (span,), BERLIN)
    for first in (0, 1):
        ranked = [{**rule, "priority": int(index == first)} for index, rule in enumerate(rules)]
        there, back = (document_from_data({**plain, listed: order}) for order in (ranked, ranked[::-1]))
        assert not check(there).problems
        assert _figures(quote(there, request)) == _figures(quote(back, request))


def _rules(result: Quote) -> set[tuple[object, ...]]:
    """What charged what, with the percentages inside."""
    return {(line.rule, line.resource, line.factor) for line in result.lines}


def _longer_is_not_cheaper(data: Data, request: QuoteRequest, more: int) -> None:
    """No step is cheaper than the one before, and both bookings fall under the same rules."""
    document = document_from_data(data)
    short = at(request, request.spans[0])
    longer = at(request, Span(request.spans[0].start, request.spans[0].end + timedelta(minutes=more)))
    before, after = quote(document, short), quote(document, longer)
    assume(_rules(before) == _rules(after))
    if all(line.amount.cents >= 0 for line in before.lines):
        assert after.total >= before.total


@given(documents(ascending=True), requests(), st.integers(1, 4_000))
@FEW
def test_longer_is_never_cheaper_unless_the_document_says_so(
    data: Data, request: QuoteRequest, more: int
) -> None:
    _longer_is_not_cheaper(data, request, more)


@pytest.mark.slow
def test_longer_is_never_cheaper_in_very_many_documents() -> None:
    trials = given(documents(ascending=True), requests(), st.integers(1, 4_000))
    settings(FEW, max_examples=2_000)(trials(_longer_is_not_cheaper))()


@st.composite
def _splits(draw: st.DrawFn) -> tuple[Data, str]:
    """A rate by the hour cut at midnight or at the ends of day parts, each piece with its own price."""
    by = draw(st.sampled_from(["day", "day_part"]))
    cells: list[Data] = [{"part": "day", "price": draw(prices)}, {"part": "night", "price": draw(prices)}]
    if by == "day":
        days = [["mon", "tue", "wed"], ["thu", "fri"], ["sat", "sun"]]
        cells = [{"weekday": one, "price": draw(prices)} for one in days]
    rate = {"id": "cut", "measure": "hour", "split": {"by": by}, "cells": cells}
    return {**HEAD, "rates": [rate]}, by


@given(_splits(), st.sampled_from([date(2027, 3, 27), date(2027, 10, 30), date(2027, 6, 4)]),
       st.lists(st.integers(1, 7), min_size=2, max_size=4, unique=True))  # fmt: skip
@FEW
def test_a_booking_cut_where_the_rule_cuts_costs_the_sum_of_its_pieces(
    case: tuple[Data, str], first: date, cuts: list[int]
) -> None:
    data, by = case
    document = document_from_data(data)
    times = [
        end_of_day_or(first + timedelta(days=cut // 2), 0 if by == "day" else 6 * 60 + 12 * 60 * (cut % 2), BERLIN)
        for cut in sorted(cuts)
    ]  # fmt: skip
    times = sorted(set(times))
    assume(len(times) > 1)

    def total(start: datetime, end: datetime) -> int:
        answer = quote(document, QuoteRequest(("hall",), (Span(start, end),), BERLIN))
        assert answer.outcome is Outcome.ACCEPTED
        return answer.total.cents

    assert total(times[0], times[-1]) == sum(total(start, end) for start, end in pairwise(times))


@pytest.mark.parametrize(("day", "hours"), [((2027, 3, 28), 23), ((2027, 10, 31), 25), ((2027, 6, 4), 24)])
@given(price=st.integers(1, 400), resource=st.sampled_from(["hall", "room"]))
@settings(deadline=None, max_examples=10)
def test_a_day_of_23_or_25_hours_is_that_many_hours_and_one_day(
    day: tuple[int, int, int], hours: int, price: int, resource: str
) -> None:
    start = datetime(*day, tzinfo=BERLIN)
    span = Span(start, start + timedelta(days=1))

    def total(measure: Any, **rest: Any) -> Decimal:
        rate = {"id": "rate", "measure": measure, "price": price, **rest}
        request = QuoteRequest((resource,), (span,), BERLIN)
        return quote(document_from_data({**HEAD, "rates": [rate]}), request).total.euros

    assert total("hour") == total("started_hour") == hours * price
    assert total({"count": "hours", "clock": "wall"}) == 24 * price
    assert total("day") == total({"count": "days_24h", "clock": "wall"}) == price
    assert total("hour", maximum={"amount": 7, "per": "day"}) == min(hours * price, 7)
    assert total({"count": "hours", "during": {"from": "00:00", "to": "04:00"}}) == (hours - 20) * price


@given(st.integers(1, 8), st.integers(1, 20), st.integers(1, 5))
@settings(deadline=None, max_examples=30)
def test_the_whole_stretch_of_a_series_is_counted_once_and_shared(weeks: int, price: int, among: int) -> None:
    start = datetime(2027, 5, 3, 18, tzinfo=BERLIN)
    spans = [
        Span(start + timedelta(weeks=week), start + timedelta(weeks=week, hours=1)) for week in range(weeks)
    ]

    def total(measure: Data) -> Decimal:
        rate = {"id": "rate", "measure": measure, "price": price}
        return quote(document_from_data({**HEAD, "rates": [rate]}), request).total.euros

    request = QuoteRequest(("hall",), tuple(spans), BERLIN, facts={"metres": Decimal(among)})
    assert total({"count": "days"}) == weeks * price
    assert total({"count": "days", "stretch": "whole"}) == (7 * (weeks - 1) + 1) * price
    assert total({"count": "weeks", "stretch": "whole"}) == weeks * price
    shared = Money.from_decimal(Decimal(weeks * price) / among).euros
    assert abs(total({"count": "days", "divided_by": {"fact": "metres"}}) - shared) < Decimal("0.01") * weeks
