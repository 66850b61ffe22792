"""Worked examples out of quotes: what came out becomes what must come out, once somebody has looked at it.

Not here: running a document's examples (``checking``), what an example may hold (``language.examples``).
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from booking_core.engines.ordinance.contracts import Outcome, PriceLine, Quote
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.examples import BookingFacts, Example, Expected
from booking_core.engines.ordinance.language.vocabulary import without_defaults
from booking_core.engines.ordinance.quoting import quote
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.engines.ordinance.requests import request_of

Entry = dict[str, Any]
_SILENT = frozenset({"silent", "conflict", "missing_input", "combination", "mixed_groups"})


def quote_of(document: Document, booking: BookingFacts, readings: Mapping[str, str]) -> Quote | None:
    """What ``document`` says to a booking of the language; None where it does not know what the booking names."""
    if not _knows(document, booking):
        return None
    chosen = {place: reading for place, reading in readings.items() if _is_reading(document, place, reading)}
    return quote(document, request_of(booking, ZoneInfo(document.content.zone), chosen))


def example_from(document: Document, case: Mapping[str, object], readings: Mapping[str, str]) -> Entry | None:
    """A worked example of a case: its data with what comes out now. None where the case makes no sense.

    Where the town reads an open place otherwise than the document proposes, the example names the reading.
    """
    try:
        booking = BookingFacts.model_validate(
            {name: value for name, value in case.items() if name in BookingFacts.model_fields}
        )
    except ValidationError:
        return None
    answer = quote_of(document, booking, readings)
    if answer is None:
        return None
    expected = expected_data(document, answer)
    own = {
        one.id: readings[one.id]
        for one in document.ambiguities
        if readings.get(one.id, one.default) != one.default
    }
    if own:
        return {**case, "readings": [{"reading": own, **expected}]}
    return {**case, "expect": expected}


def confirmed(document: Document, example_id: str) -> Entry:
    """The example with what comes out now as what must come out, under each reading it names.

    What cannot be quoted (a time that is taken) keeps its expectation. Raises KeyError for an unknown example.
    """
    example = next((one for one in document.content.examples if one.id == example_id), None)
    if example is None:
        raise KeyError(example_id)
    data = without_defaults(example)
    if example.existing:
        return data
    if example.expect is not None:
        data["expect"] = _again(document, example, example.expect, {})
    for place, variant in enumerate(example.readings):
        again = _again(document, example, variant, variant.reading)
        data["readings"][place] = {"reading": dict(variant.reading), **again}
    return data


def expected_data(document: Document, answer: Quote, also: frozenset[str] = frozenset()) -> Entry:
    """The figures of a quote as an expectation; ``also`` names further ones (approval, payment_due, …)."""
    expected: Entry = {}
    if answer.outcome is not Outcome.ACCEPTED:
        expected["outcome"] = answer.outcome.value
        rules = {rule.id for listed in RULE_LISTS for rule in getattr(document.content, listed)} | _SILENT
        named = next((reason.rule for reason in answer.reasons if reason.rule in rules), None)
        if named is not None:
            expected["reason"] = named
    if answer.outcome in (Outcome.ACCEPTED, Outcome.CANCELLED) and answer.fee_known:
        expected["lines"] = [_line(line) for line in answer.lines]
        expected["total"] = str(answer.total.euros)
        if any(line.after_use for line in answer.lines):
            expected["total_after_settlement"] = str(answer.total_after_settlement.euros)
        if answer.deposit_known:
            expected["deposit"] = str(answer.deposit.euros)
    further: Entry = {
        "to_pay": str(answer.to_pay.euros),
        "after_return": str(answer.balance_after_return.euros),
        "fee_known": answer.fee_known,
        "approval": answer.needs_approval,
        "balances": {name: str(balance) for name, balance in answer.balances.items()},
        "priority": answer.priority,
    }
    if answer.payment_due_on is not None:
        further["payment_due"] = answer.payment_due_on.isoformat()
    expected.update({name: value for name, value in further.items() if name in also and value is not None})
    return expected


def _again(document: Document, example: Example, before: Expected, readings: Mapping[str, str]) -> Entry:
    answer = quote_of(document, example, readings)
    if answer is None:
        return without_defaults(before)
    return expected_data(document, answer, frozenset(before.model_fields_set))


def _line(line: PriceLine) -> Entry:
    data: Entry = {"qty": str(line.quantity), "unit": line.unit, "price": str(line.unit_price)}
    if line.factor != 1:
        data["factor"] = str(line.factor)
    data["amount"] = str(line.amount.euros)
    if line.after_use:
        data["after"] = True
    return data


def _knows(document: Document, booking: BookingFacts) -> bool:
    content = document.content
    wanted = (
        (booking.resources, content.resources),
        (booking.pieces, content.resources),
        ([booking.group] if booking.group else [], content.groups),
        (booking.further_groups, content.groups),
        ([booking.purpose] if booking.purpose else [], content.purposes),
        (booking.extras, content.extras),
        (booking.facts, content.facts),
        (booking.measured, content.facts),
    )
    return all(set(names) <= {entry.id for entry in known} for names, known in wanted)


def _is_reading(document: Document, place: str, reading: str) -> bool:
    return any(
        one.id == place and reading in {each.id for each in one.readings} for one in document.ambiguities
    )
