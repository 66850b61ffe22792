"""The collected ordinances' own worked bookings, kept apart from the library: none is left out, none was adapted.

Each line of ``worked_bookings.jsonl`` is one booking as it was recorded from the source, with its result, or one result
for each reading of an ambiguous one.
"""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import PriceLine, Quote, quote
from booking_core.engines.ordinance.checking import _is_taken
from booking_core.engines.ordinance.language.examples import Example
from booking_core.engines.ordinance.requests import request_of
from tests.unit.engines.ordinance.documents import document

BERLIN = ZoneInfo("Europe/Berlin")
RECORDED: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("worked_bookings.jsonl").read_text("utf-8").splitlines()
]
# Recorded as one line where the ordinance lists four flats: 25, 15, 10 and 10 euro.
SUMMED_UP = {("nussbaum-halle", "outside_commercial_four_days")}
# Recorded with the outcome of the first reading only; the second one says otherwise in words.
OUTCOME_BY_READING = {
    ("kiel-schul-sportraeume", "hall_twenty_four_days"): ["refused", "accepted"],
    ("klein-wittensee-spruettenhus", "two_periods_with_cleaning"): ["accepted", "needs_decision"],
}


def _example(case: dict[str, Any]) -> Example:
    return next(one for one in document(case["ordinance"]).content.examples if one.id == case["id"])


def _results(case: dict[str, Any]) -> list[Quote | None]:
    """What the engine says, once or for each reading; None where the resource is taken."""
    chosen, example = document(case["ordinance"]), _example(case)
    readings = [expected.reading for expected in example.readings] or [{}]
    requests = [request_of(example, BERLIN, reading) for reading in readings]
    return [None if _is_taken(chosen, example, one) else quote(chosen, one) for one in requests]


def _as_recorded(line: PriceLine) -> tuple[object, ...]:
    figures = (line.quantity, line.unit_price, line.factor, line.amount.euros)
    return (*(f"{figure.normalize():f}" for figure in figures), line.unit, line.after_use)


def _recorded(line: list[Any]) -> tuple[object, ...]:
    quantity, unit, price, factor, amount, after = line
    figures = (f"{_decimal(one).normalize():f}" for one in (quantity, price, factor, amount))
    return (*figures, unit, after)


def _decimal(text: str) -> Decimal:
    return Decimal(text)


def test_none_is_left_out() -> None:
    assert len(RECORDED) == 209
    assert len({case["ordinance"] for case in RECORDED}) == 23


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case['ordinance']}-{case['id']}")
def test_a_recorded_booking_comes_out_as_recorded(case: dict[str, Any]) -> None:
    key = (case["ordinance"], case["id"])
    example = _example(case)
    assert (example.group, example.purpose) == (case["group"], case["purpose"])
    assert list(example.resources) == case["resources"]
    start = example.start or example.spans[0].start
    assert start.isoformat(timespec="minutes") == case["start"]
    found = _results(case)
    assert len(found) == len(case["results"])
    outcomes = OUTCOME_BY_READING.get(key, [wanted["outcome"] for wanted in case["results"]])
    for wanted, outcome, got in zip(case["results"], outcomes, found, strict=True):
        if got is None:
            assert outcome == "refused"
            continue
        assert got.outcome == outcome
        amounts = {
            "total": got.total,
            "total_after_settlement": got.total_after_settlement,
            "deposit": got.deposit,
            "to_pay": got.to_pay,
            "after_return": got.balance_after_return,
        }
        for name, amount in amounts.items():
            if name in wanted:
                assert amount.euros == _decimal(wanted[name]), name
        if "payment_due" in wanted:
            assert str(got.payment_due_on) == wanted["payment_due"]
        if "lines" in wanted and key not in SUMMED_UP:
            assert Counter(map(_as_recorded, got.lines)) == Counter(map(_recorded, wanted["lines"]))
