"""Worked examples in words: the case, what must come out, what comes out now, and whether the two agree.

Not here: forms (``forms.ordinance_editor.example_groups``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Difference, Document, ExampleResult, Quote, check
from booking_core.engines.ordinance.editing import Address
from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.field_words import choice_words, field_words
from booking_core.engines.ordinance.language.examples import Example, Expected
from booking_core.engines.ordinance.worked import quote_of
from booking_core.ordinances.contracts import StoredVersion
from booking_core.web.backoffice.presenters.ordinance_editor.entries import entry_url, fields_in_words
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.templatetags.formats import euro

_EXPECTED = frozenset({"id", "note", "expect", "readings", "existing"})


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One example, all its readings together."""

    id: str
    name: str
    case: str
    expected: str
    now: str
    passes: bool
    differences: list[str]
    url: str
    delete_url: str
    confirm_url: str


def example_rows(draft: StoredVersion) -> list[ExampleRow]:
    """Every example of a draft, the failing ones first."""
    results: dict[str, list[ExampleResult]] = {}
    for result in check(draft.document).results:
        results.setdefault(result.example, []).append(result)
    words = EntryWords(draft.document.content)
    rows = [_row(draft, words, one, results.get(one.id, [])) for one in draft.document.content.examples]
    return sorted(rows, key=lambda row: row.passes)


def example_state(draft: StoredVersion, example_id: str) -> ExampleRow | None:
    """One example."""
    return next((row for row in example_rows(draft) if row.id == example_id), None)


def example_name(example: Example) -> str:
    """What an example is called: what it shows, else its short name as words."""
    return example.note or example.id.replace("_", " ")


def readings_in_words(document: Document, reading: Mapping[str, str]) -> str:
    """The readings an example is run under, by their labels."""
    labels = {
        (place.id, one.id): in_words(one.label) for place in document.ambiguities for one in place.readings
    }
    return ", ".join(labels.get(chosen, chosen[1]) for chosen in reading.items())


def figures_in_words(quote: Quote | None) -> str:
    """Outcome and figures of a quote in a few words."""
    if quote is None:
        return _("nicht zu berechnen")
    parts = [] if quote.outcome == "accepted" else [in_words(choice_words("outcome", quote.outcome.value))]
    if quote.fee_known:
        parts.append(euro(quote.total))
        if quote.total_after_settlement != quote.total:
            parts.append(_("nach der Nutzung %(sum)s") % {"sum": euro(quote.total_after_settlement)})
    if quote.deposit:
        parts.append(_("Kaution %(sum)s") % {"sum": euro(quote.deposit)})
    return ", ".join(parts) or _("kein Entgelt geregelt")


def difference_in_words(one: Difference) -> str:
    """One figure that came out otherwise."""
    return _("%(field)s: erwartet %(expected)s, berechnet %(actual)s") % {
        "field": in_words(field_words(one.field)) if one.field not in _FIGURES else _FIGURES[one.field](),
        "expected": one.expected,
        "actual": one.actual,
    }


_FIGURES = {
    "total": lambda: _("Summe"),
    "total_after_settlement": lambda: _("Summe nach der Nutzung"),
    "deposit": lambda: _("Kaution"),
    "lines": lambda: _("Zeilen"),
    "to_pay": lambda: _("zu zahlen"),
}


def _figures_of(expected: Expected) -> Expected:
    """The expectation without its single lines."""
    kept = expected.model_fields_set - {"lines", "reading"}
    return Expected.model_construct(kept, **{name: getattr(expected, name) for name in kept})


def _row(
    draft: StoredVersion, words: EntryWords, example: Example, results: list[ExampleResult]
) -> ExampleRow:
    address = Address("examples", example.id)
    now = [
        figures_in_words(quote_of(draft.document, example, reading))
        for reading in ([{}] if example.expect is not None else [one.reading for one in example.readings])
    ]
    expected = [
        one for one in ([example.expect] if example.expect is not None else list(example.readings)) if one
    ]
    return ExampleRow(
        id=example.id,
        name=example_name(example),
        case=" · ".join(text for _label, text in fields_in_words(words.fields(example, without=_EXPECTED))),
        expected=" / ".join(in_words(words.value("expect", _figures_of(one))) for one in expected),
        now=" / ".join(now),
        passes=all(result.passed for result in results),
        differences=[difference_in_words(one) for result in results for one in result.differences],
        url=entry_url(draft.id, address),
        delete_url=entry_url(draft.id, address, "delete"),
        confirm_url=reverse("backoffice_draft_example_confirm", args=[draft.id, example.id]),
    )  # fmt: skip
