"""An ordinance on trial: its worked examples in words, and whether each comes out.

Not here: choosing one (``offers``), running examples (``engines.ordinance``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, ExampleResult, check, document_to_data
from design_system.formats import euro
from onboarding.offers import read_ordinance


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One worked booking: what, who and when; what must come out; whether it does."""

    words: str
    result: str
    passed: bool
    difference: str = ""


@dataclass(frozen=True, slots=True)
class OrdinanceReport:
    """An ordinance with what it prices and its examples."""

    name: str
    resources: tuple[str, ...]
    examples: tuple[ExampleRow, ...]
    passed: bool


def report_on(text: str) -> OrdinanceReport:
    """Run the examples of an ordinance. Raises OrdinanceFaulty."""
    document = read_ordinance(text)
    outcome = check(document)
    written = {str(one["id"]): one for one in _examples(document)}
    return OrdinanceReport(
        name=document.name.de,
        resources=tuple(resource.label.de for resource in document.resources),
        examples=tuple(_row(row, written.get(row.example, {}), document) for row in outcome.results),
        passed=outcome.passed,
    )


def _examples(document: Document) -> list[Mapping[str, Any]]:
    data: Mapping[str, Any] = document_to_data(document)
    return list(data.get("examples", []))


def _row(result: ExampleResult, written: Mapping[str, Any], document: Document) -> ExampleRow:
    expected = _expectation(result, written)
    return ExampleRow(
        words=_words(written, document) or result.example,
        result=_result(expected),
        passed=result.passed,
        difference="; ".join(f"{one.field}: {one.expected} ≠ {one.actual}" for one in result.differences),
    )


def _expectation(result: ExampleResult, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """What must come out: of the example, or of the reading this row is about."""
    for reading in written.get("readings", []):
        chosen: Mapping[str, str] = reading.get("reading", {})
        if result.reading and all(f"{name}={value}" in result.reading for name, value in chosen.items()):
            return dict(reading)
    return dict(written.get("expect") or {})


def _words(written: Mapping[str, Any], document: Document) -> str:
    labels = {one.id: one.label.de for one in document.resources}
    groups = {one.id: one.label.de for one in document.groups}
    what = " + ".join(labels.get(code, code) for code in written.get("resources", []))
    who = groups.get(str(written.get("group")), "")
    return ", ".join(part for part in (what, who, _when(written)) if part)


def _when(written: Mapping[str, Any]) -> str:
    """Local times without a zone, as the document has them."""
    if not written.get("start") or not written.get("end"):
        return ""
    start, end = (datetime.fromisoformat(str(written[name])) for name in ("start", "end"))
    until = date_format(end, "H:i" if start.date() == end.date() else "d.m.Y H:i")
    return f"{date_format(start, 'd.m.Y H:i')}–{until}"


def _result(expected: Mapping[str, Any]) -> str:
    words = {
        "refused": _("wird abgelehnt"),
        "needs_decision": _("Verwaltung entscheidet"),
        "rule_violation": _("verstößt gegen eine Regel"),
        "cancelled": _("Absage"),
    }
    total = expected.get("total")
    if total is not None:
        return euro(Decimal(str(total)))
    return words.get(str(expected.get("outcome")), "–")
