"""Run a document's own examples and look for rules that contradict each other.

Not here: quoting itself (``quoting``), contradictions (``contradictions``).
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance.contracts import (
    CheckReport,
    Difference,
    ExampleResult,
    PriceLine,
    Quote,
    QuoteRequest,
)
from booking_core.engines.ordinance.contradictions import contradictions
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.examples import Example, Expected, ExpectedLine
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.quoting import quote
from booking_core.engines.ordinance.requests import request_of
from booking_core.kernel.spans import Span

_LEAST_PLACES = 4


def check(document: Document) -> CheckReport:
    """Run every embedded example, every reading of an ambiguous one, and compare each figure."""
    results = tuple(
        _with_lines(document, result, index)
        for index, example in enumerate(document.content.examples)
        for result in _results(document, example)
    )
    return CheckReport(results, contradictions(document))


def _with_lines(document: Document, result: ExampleResult, index: int) -> ExampleResult:
    """The result with the lines on which what was expected stands; of a reading, the line of the example."""
    if not document.places or result.passed:
        return result
    where: Path = ("examples", index) if result.reading else ("examples", index, "expect")
    found = tuple(
        replace(one, line=document.place((*where, one.field.partition(".")[0]))[0])
        for one in result.differences
    )
    return replace(result, differences=found)


def _results(document: Document, example: Example) -> Iterator[ExampleResult]:
    if example.expect is not None:
        yield _result(document, example, example.expect, {})
    for expected in example.readings:
        yield _result(document, example, expected, expected.reading)


def _result(
    document: Document, example: Example, expected: Expected, readings: dict[str, str]
) -> ExampleResult:
    zone = ZoneInfo(document.content.zone)
    request = request_of(example, zone, readings)
    computed: tuple[PriceLine, ...] = ()
    if _is_taken(document, example, request):
        found = (
            []
            if expected.outcome == "refused"
            else [Difference("outcome", expected.outcome, "refused (taken)")]
        )
    else:
        actual = quote(document, request)
        found = list(differences(expected, actual))
        computed = actual.lines if found else ()
    name = ", ".join(f"{key}={value}" for key, value in readings.items())
    return ExampleResult(example.id, name, not found, tuple(found), computed)


def _is_taken(document: Document, example: Example, request: QuoteRequest) -> bool:
    """Whether a booking already there leaves too little: parts and what a resource comprises are shared."""
    claims = document.rulebook.defaults.claims
    known = document.rulebook.defaults.resources
    zone = request.zone
    for name in request.resources:
        used = 0
        for existing in example.existing:
            span = Span(existing.start.replace(tzinfo=zone), existing.end.replace(tzinfo=zone))
            if claims[name] & claims[existing.resource] and any(span.overlaps(own) for own in request.spans):
                used += existing.pieces
        if used + request.pieces.get(name, 1) > known[name].pieces and used:
            return True
    return False


def differences(expected: Expected, actual: Quote) -> Iterator[Difference]:
    """Every figure the example names that came out otherwise."""
    if expected.outcome != actual.outcome:
        reasons = " ".join(reason.text.en for reason in actual.reasons)
        yield Difference("outcome", expected.outcome, f"{actual.outcome} {reasons}".strip())
    figures: tuple[tuple[str, Decimal | None, Decimal], ...] = (
        ("total", expected.total, actual.total.euros),
        ("total_after_settlement", expected.total_after_settlement, actual.total_after_settlement.euros),
        ("deposit", expected.deposit, actual.deposit.euros),
        ("to_pay", expected.to_pay, actual.to_pay.euros),
        ("after_return", expected.after_return, actual.balance_after_return.euros),
    )
    for field, wanted, got in figures:
        if wanted is not None and wanted != got:
            yield Difference(field, str(wanted), str(got))
    plain: tuple[tuple[str, object, object], ...] = (
        ("payment_due", expected.payment_due, str(actual.payment_due_on)),
        ("fee_known", expected.fee_known, actual.fee_known),
        ("approval", expected.approval, actual.needs_approval),
        ("priority", expected.priority, actual.priority),
    )
    for field, wanted_value, got_value in plain:
        if wanted_value is not None and wanted_value != got_value:
            yield Difference(field, str(wanted_value), str(got_value))
    if expected.reason is not None and expected.reason not in {reason.rule for reason in actual.reasons}:
        yield Difference(
            "reason", expected.reason, ", ".join(reason.rule for reason in actual.reasons) or "–"
        )
    for account, balance in (expected.balances or {}).items():
        if actual.balances.get(account) != balance:
            yield Difference(f"balances.{account}", str(balance), str(actual.balances.get(account)))
    if expected.lines is not None:
        yield from _line_differences(expected.lines, actual.lines)


def _line_differences(
    expected: tuple[ExpectedLine, ...], actual: tuple[PriceLine, ...]
) -> Iterator[Difference]:
    """Lines that have no counterpart; their order does not matter."""
    left = list(actual)
    missing = []
    for wanted in expected:
        found = next((index for index, got in enumerate(left) if _is_same(wanted, got)), None)
        if found is None:
            missing.append(wanted)
        else:
            del left[found]
    for index in range(max(len(missing), len(left))):
        wanted_line = missing[index] if index < len(missing) else None
        got_line = left[index] if index < len(left) else None
        yield Difference("lines", _wanted_words(wanted_line), _got_words(got_line))


def _is_same(wanted: ExpectedLine, got: PriceLine) -> bool:
    return (
        _is_quantity(wanted.qty, got.quantity)
        and wanted.price == got.unit_price
        and wanted.factor == got.factor
        and wanted.amount == got.amount.euros
        and wanted.after == got.after_use
        and (wanted.unit is None or wanted.unit == got.unit)
    )


def _is_quantity(wanted: Decimal, got: Decimal) -> bool:
    """Equal, or equal as far as the example writes out a fraction that never ends: 0.8333 for 50 minutes in hours."""
    if wanted == got:
        return True
    places = -int(wanted.as_tuple().exponent)
    return (
        places >= _LEAST_PLACES and -int(got.as_tuple().exponent) > places and _rounded(got, places) == wanted
    )


def _rounded(figure: Decimal, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _wanted_words(line: ExpectedLine | None) -> str:
    if line is None:
        return "–"
    after = " after use" if line.after else ""
    return f"{line.qty} {line.unit or ''} × {line.price} × {line.factor} = {line.amount}{after}"


def _got_words(line: PriceLine | None) -> str:
    if line is None:
        return "–"
    after = " after use" if line.after_use else ""
    amount = line.amount.euros
    return f"{line.quantity} {line.unit} × {line.unit_price} × {line.factor} = {amount}{after} ({line.rule})"
