"""Ordinances in words: versions, prices as tables, rules, examples that pass or fail.

Not here: a single quote (``presenters.quotes``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.ordinance import CheckReport, Document, price_table
from booking_core.ordinances.contracts import OrdinanceView, VersionRow
from booking_core.web.backoffice.presenters.ordinance_editor.examples import difference_in_words
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import long_date

_TOPICS = ("handover", "lead", "duration", "payment", "cancellation", "deposit", "tax", "other")


@dataclass(frozen=True, slots=True)
class OrdinanceSection:
    """One ordinance with its versions."""

    id: int
    name: str
    code: str
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class VersionWords:
    """A version in words: who pays what, what is offered beside, how it may be used."""

    groups: list[tuple[str, str]]
    purposes: list[str]
    prices: list[Table]
    extras: list[str]
    rules: list[tuple[str, list[str]]]
    completeness: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamplesView:
    """The worked examples as a table, and one sentence about them."""

    sentence: str
    tone: str
    table: Table
    problems: list[str]


def ordinance_sections(ordinances: Sequence[OrdinanceView]) -> list[OrdinanceSection]:
    """All ordinances with their versions, newest first."""
    return [
        OrdinanceSection(
            one.id,
            one.name,
            one.code,
            ngettext("gilt für %(count)s Angebot", "gilt für %(count)s Angebote", len(one.resource_ids))
            % {"count": len(one.resource_ids)},
            _version_table(one),
        )
        for one in ordinances
    ]


def _version_table(ordinance: OrdinanceView) -> Table:
    return Table(
        caption=_("Fassungen: %(name)s") % {"name": ordinance.name},
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Fassung")), Column(_("Zustand")), Column(_("Gilt ab")), Column(_("Beschluss")),
                 Column(_("Veröffentlicht"))],
        rows=[
            [
                Cell(_("Fassung %(number)s") % {"number": row.number}, reverse("backoffice_version", args=[row.id])),
                Cell(row.state_label, tone="success" if row.state == "published" else "warning"),
                long_date(row.valid_from) if row.valid_from else "",
                row.council_decision,
                long_date(row.published_at) if row.published_at else "",
            ]
            for row in ordinance.versions
        ],
    )  # fmt: skip


def version_row_of(ordinances: Sequence[OrdinanceView], version_id: int) -> VersionRow:
    """The line of one version."""
    return next(row for one in ordinances for row in one.versions if row.id == version_id)


def version_words(document: Document) -> VersionWords:
    """The document in words, in the language of the page."""
    info = document.info
    topics = {
        "handover": _("Übergabe"), "lead": _("Fristen"), "duration": _("Dauer"), "payment": _("Zahlung"),
        "cancellation": _("Rücktritt"), "deposit": _("Kaution"), "tax": _("Steuer"), "other": _("Weiteres"),
    }  # fmt: skip
    rules = [
        (
            topics[topic],
            [
                _sentence(in_words(rule.text), rule.paragraph)
                for rule in info.rules_in_words
                if rule.topic == topic
            ],
        )
        for topic in _TOPICS
    ]
    return VersionWords(
        groups=[(in_words(one.label), in_words(one.description)) for one in info.groups],
        purposes=[in_words(one.label) for one in info.purposes],
        prices=[_price_table(document, one.id, in_words(one.label)) for one in info.resources],
        extras=[f"{in_words(one.label)} ({in_words(one.unit_label) or one.unit})" for one in info.extras],
        rules=[(topic, sentences) for topic, sentences in rules if sentences],
        completeness=in_words(info.completeness),
        sources=info.sources,
    )


def _price_table(document: Document, code: str, label: str) -> Table:
    return Table(
        caption=label,
        is_dense=True,
        is_stacked=True,
        empty_text=_("%(name)s: kein Entgelt geregelt.") % {"name": label},
        columns=[Column(_("Gruppe")), Column(_("Zweck")), Column(_("Entgelt")), Column(_("Fundstelle"))],
        rows=[
            [
                in_words(row.group.label) if row.group else _("alle"),
                in_words(row.purpose.label) if row.purpose else _("alle"),
                Cell(in_words(row.price), note=in_words(row.note)),
                row.paragraph,
            ]
            for row in price_table(document, code)
        ],
    )


def examples_view(report: CheckReport) -> ExamplesView:
    """Every worked example with what came out otherwise."""
    failed = sum(not result.passed for result in report.results)
    total = len(report.results)
    if report.passed:
        sentence = ngettext("%(count)s Beispiel, es stimmt.", "%(count)s Beispiele, alle stimmen.", total)
    else:
        sentence = _("%(failed)s von %(count)s Beispielen stimmen nicht.")
    return ExamplesView(
        sentence=sentence % {"count": total, "failed": failed},
        tone="success" if report.passed else "danger",
        table=Table(
            caption=_("Beispiele"),
            is_caption_hidden=True,
            is_dense=True,
            is_stacked=True,
            columns=[
                Column(_("Beispiel")),
                Column(_("Lesart")),
                Column(_("Ergebnis")),
                Column(_("Abweichung")),
            ],
            rows=[
                [
                    result.example,
                    result.reading,
                    Cell(_("stimmt"), tone="success")
                    if result.passed
                    else Cell(_("stimmt nicht"), tone="danger"),
                    "; ".join(difference_in_words(one) for one in result.differences),
                ]
                for result in report.results
            ],
        ),
        problems=[in_words(one.message) for one in report.problems],
    )


def failing_examples(report: CheckReport) -> list[str]:
    """The examples that do not come out, by name."""
    return list(dict.fromkeys(result.example for result in report.results if not result.passed))


def problem_table(problems: Sequence[dict[str, object]]) -> Table:
    """What is wrong with a file, line by line."""
    return Table(
        caption=_("Fehler in der Datei"),
        is_dense=True,
        columns=[Column(_("Zeile"), is_numeric=True), Column(_("Feld")), Column(_("Was ist falsch"))],
        rows=[[str(one["line"]), str(one["path"]), str(one["message"])] for one in problems],
    )


def _sentence(text: str, paragraph: str) -> str:
    return f"{text} ({paragraph})" if paragraph else text
