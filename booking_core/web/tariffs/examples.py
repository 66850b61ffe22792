"""A document's worked examples in words, and whether each comes out.

Not here: running them (``engines.ordinance``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import CheckReport, Document, ExampleResult, document_to_data
from booking_core.web.tariffs.choices import in_words
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import clock, euro, long_date

Written = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One worked booking: what, who and when; what must come out; whether it does."""

    words: str
    result: str
    passed: bool
    difference: str = ""


def example_rows(document: Document, report: CheckReport) -> tuple[ExampleRow, ...]:
    """Each example (or reading of one) as a row, in the language of the page."""
    written: dict[str, Written] = {str(one["id"]): one for one in _examples(document)}
    return tuple(_row(result, written.get(result.example, {}), document) for result in report.results)


def example_table(rows: Sequence[ExampleRow]) -> Table:
    """The examples as a table."""
    return Table(
        caption=_("Beispiele der Satzung"),
        columns=(Column(_("Beispiel")), Column(_("Summe"), is_numeric=True), Column(_("Ergebnis"))),
        rows=[
            [
                row.words,
                row.result,
                Cell(_("stimmt"), tone="success")
                if row.passed
                else Cell(_("weicht ab"), tone="danger", note=row.difference),
            ]
            for row in rows
        ],
        is_caption_hidden=True,
        is_stacked=True,
        empty_text=_("Die Satzung enthält keine Beispiele."),
    )


def _examples(document: Document) -> list[Written]:
    data: Mapping[str, Any] = document_to_data(document)
    return list(data.get("examples", []))


def _row(result: ExampleResult, written: Written, document: Document) -> ExampleRow:
    return ExampleRow(
        words=_words(written, document) or result.example,
        result=_result(_expectation(result, written)),
        passed=result.passed,
        difference="; ".join(
            _("%(field)s: erwartet %(expected)s, berechnet %(actual)s")
            % {"field": one.field, "expected": one.expected, "actual": one.actual}
            for one in result.differences
        ),
    )


def _expectation(result: ExampleResult, written: Written) -> Written:
    """What must come out: of the example, or of the reading this row is about."""
    for reading in written.get("readings", []):
        chosen: Mapping[str, str] = reading.get("reading", {})
        if result.reading and all(f"{name}={value}" in result.reading for name, value in chosen.items()):
            return dict(reading)
    return dict(written.get("expect") or {})


def _words(written: Written, document: Document) -> str:
    labels = {one.id: in_words(one.label) for one in document.resources}
    labels |= {one.id: in_words(one.label) for one in document.extras}
    named = {one.id: in_words(one.label) for one in (*document.groups, *document.purposes)}
    what = " + ".join(
        labels.get(code, code) for code in (*written.get("resources", []), *written.get("extras", {}))
    )
    who = [named[str(written[field])] for field in ("group", "purpose") if written.get(field) in named]
    persons = written.get("persons")
    people = _("%(count)s Personen") % {"count": persons} if persons else ""
    return ", ".join(part for part in (what, *who, people, _when(written)) if part)


def _when(written: Written) -> str:
    """Local times without a zone, as the document has them."""
    if not written.get("start") or not written.get("end"):
        return ""
    start, end = (datetime.fromisoformat(str(written[name])) for name in ("start", "end"))
    if start.date() == end.date():
        return f"{long_date(start.date())}, {clock(start.time()).removesuffix(' Uhr')}–{clock(end.time())}"
    return f"{long_date(start.date())}, {clock(start.time())} – {long_date(end.date())}, {clock(end.time())}"


def _result(expected: Written) -> str:
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
