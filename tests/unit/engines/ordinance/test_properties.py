"""What holds for every booking, whatever the ordinance: sums, determinism, order of rules, growth with time."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking_core.engines.ordinance import (
    Outcome,
    QuoteRequest,
    document_from_data,
    document_to_data,
    quote,
)
from booking_core.engines.ordinance.requests import request_of
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from tests.unit.engines.ordinance.documents import PATHS, document

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = [path.stem for path in PATHS]
RULE_LISTS = (
    "rates",
    "addons",
    "adjustments",
    "caps",
    "exemptions",
    "deposit",
    "tax",
    "limits",
    "cancellation",
)


@st.composite
def bookings(draw: st.DrawFn) -> tuple[str, QuoteRequest]:
    """Any booking the vocabulary of any document allows, sensible or not."""
    name = draw(st.sampled_from(NAMES))
    chosen = document(name)
    resources = draw(
        st.lists(
            st.sampled_from([entry.id for entry in chosen.resources]), min_size=1, max_size=4, unique=True
        )
    )
    start = datetime(2026, 1, 1, tzinfo=BERLIN) + timedelta(minutes=5 * draw(st.integers(0, 200_000)))
    length = timedelta(minutes=draw(st.integers(1, 6_000)))
    dates = draw(st.integers(1, 3))
    groups = [entry.id for entry in chosen.groups] or [None]
    purposes = [entry.id for entry in chosen.purposes] or [None]
    extras = {entry.id: Decimal(draw(st.integers(0, 3))) for entry in chosen.extras}
    request = QuoteRequest(
        resources=tuple(resources),
        spans=tuple(
            Span(start + timedelta(days=7 * n), start + timedelta(days=7 * n) + length) for n in range(dates)
        ),
        zone=BERLIN,
        group=draw(st.sampled_from([*groups, None])),
        purpose=draw(st.sampled_from([*purposes, None])),
        persons=draw(st.one_of(st.none(), st.integers(0, 300))),
        extras=extras,
        requested_at=draw(st.one_of(st.none(), st.just(start - timedelta(days=30)))),
        measured={
            fact.id: Decimal("12.5") for fact in chosen.facts if fact.after_use and draw(st.booleans())
        },
    )
    return name, request


@given(bookings())
@settings(max_examples=60, deadline=None)
def test_lines_sum_to_the_totals_and_each_line_is_its_product(case: tuple[str, QuoteRequest]) -> None:
    result = quote(document(case[0]), case[1])
    assert result.total.cents == sum(line.amount.cents for line in result.lines if not line.after_use)
    assert result.total_after_settlement.cents == sum(line.amount.cents for line in result.lines)
    for line in result.lines:
        assert line.amount == Money.from_decimal(line.quantity * line.unit_price * line.factor)


@given(bookings())
@settings(max_examples=50, deadline=None)
def test_a_quote_is_the_same_twice_and_whatever_the_order_of_the_request(
    case: tuple[str, QuoteRequest],
) -> None:
    name, request = case
    chosen = document(name)
    turned = replace(request, spans=request.spans[::-1], extras=dict(reversed(request.extras.items())))
    assert quote(chosen, request) == quote(chosen, request)
    assert quote(chosen, turned).total == quote(chosen, request).total


@given(bookings())
@settings(max_examples=50, deadline=None)
def test_everything_told_is_told_in_both_languages(case: tuple[str, QuoteRequest]) -> None:
    result = quote(document(case[0]), case[1])
    texts = [
        *(text for line in result.lines for text in (line.label, line.explanation, line.unit_label)),
        *(reason.text for reason in result.reasons),
        *(step.text for step in result.derivation),
    ]
    for text in texts:
        assert text.de
        assert text.en
        assert "{" not in text.de + text.en


@given(bookings())
@settings(max_examples=50, deadline=None)
def test_what_is_not_accepted_has_a_reason_and_what_is_refused_costs_nothing(
    case: tuple[str, QuoteRequest],
) -> None:
    result = quote(document(case[0]), case[1])
    if result.outcome is not Outcome.ACCEPTED:
        assert result.reasons
    if result.outcome is Outcome.REFUSED:
        assert (result.lines, result.total.cents, result.deposit.cents) == ((), 0, 0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rules_does_not_matter(name: str, seed: int) -> None:
    original = document(name)
    data = document_to_data(original)
    for listed in RULE_LISTS:
        rules = data.get(listed)
        if isinstance(rules, list):
            Random(seed).shuffle(rules)  # noqa: S311 - a repeatable order, not a secret
            for rule in rules:
                if "cells" in rule:
                    Random(seed).shuffle(rule["cells"])  # noqa: S311 - as above
    shuffled = document_from_data(data)
    for example in original.content.examples:
        for readings in [{}, *(expected.reading for expected in example.readings)]:
            request = request_of(example, BERLIN, readings)
            before, after = quote(original, request), quote(shuffled, request)
            assert (after.outcome, after.total, after.deposit) == (
                before.outcome,
                before.total,
                before.deposit,
            )
            assert sorted(line.amount for line in after.lines) == sorted(line.amount for line in before.lines)


@given(st.integers(1, 480), st.integers(0, 479))
@settings(deadline=None)
def test_longer_use_by_the_hour_is_never_cheaper_in_borgstedt(minutes: int, less: int) -> None:
    start = datetime(2026, 10, 6, 8, tzinfo=BERLIN)

    def total(length: int) -> int:
        request = QuoteRequest(
            resources=("kleiner_saal",),
            spans=(Span(start, start + timedelta(minutes=length)),),
            zone=BERLIN,
            group="private",
            purpose="private_event",
        )
        result = quote(document("borgstedt-doerpshus"), request)
        assert result.outcome is Outcome.ACCEPTED
        return result.total.cents

    assert total(minutes) >= total(max(1, minutes - less))


@given(st.integers(1, 10))
@settings(deadline=None, max_examples=10)
def test_a_series_costs_what_its_dates_cost_one_by_one(dates: int) -> None:
    start = datetime(2026, 10, 6, 18, tzinfo=BERLIN)
    spans = [Span(start + timedelta(weeks=n), start + timedelta(weeks=n, minutes=95)) for n in range(dates)]

    def total(*chosen: Span) -> int:
        request = QuoteRequest(
            resources=("gym_small",), spans=chosen, zone=BERLIN, group="local", purpose="practice_or_match"
        )
        return quote(document("geesthacht-schulraeume"), request).total.cents

    assert total(*spans) == sum(total(span) for span in spans)
