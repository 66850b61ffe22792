"""Two versions side by side: what changed in words, section by section, and what the examples come to.

Not here: finding the differences (``engines.ordinance.comparing``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.ordinance import Document, Quote
from booking_core.engines.ordinance.comparing import Change
from booking_core.engines.ordinance.example_figures import ExampleFigures
from booking_core.ordinances.contracts import VersionRow
from booking_core.web.backoffice.presenters.ordinance_editor.examples import (
    figures_in_words,
    readings_in_words,
)
from booking_core.web.backoffice.presenters.ordinance_editor.sections import SECTION_OF, SECTIONS
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One entry that came, went or changed; ``tone`` and ``kind`` say so together, never colour alone."""

    name: str
    kind: str
    tone: str
    icon: str
    before: list[str]
    after: list[str]
    paragraph: str


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """The changes of one section."""

    title: str
    changes: list[ChangeView]


def changes_by_section(changes: Sequence[Change]) -> list[SectionChanges]:
    """The changes in the order of the sections; sections without any are left out."""
    found = []
    for section in SECTIONS:
        own = [one for one in changes if _slug(one) == section.slug]
        if own:
            found.append(SectionChanges(str(section.title), [_change(one) for one in own]))
    return found


def changes_in_a_sentence(changes: Sequence[Change]) -> str:
    """How much changed, in one sentence."""
    if not changes:
        return _("Die beiden Fassungen sind gleich.")
    return ngettext("%(count)s Eintrag ist anders.", "%(count)s Einträge sind anders.", len(changes)) % {
        "count": len(changes)
    }


def figures_table(figures: Sequence[ExampleFigures], *, before: str, after: str, document: Document) -> Table:
    """Every example under both versions, those that differ first."""
    rows = sorted(figures, key=lambda one: one.is_same)
    return Table(
        caption=_("Was die Beispiele kosten"),
        is_dense=True,
        is_stacked=True,
        empty_text=_("Keine der beiden Fassungen hat Beispiele."),
        columns=[Column(_("Beispiel")), Column(before), Column(after), Column(_("Unterschied"))],
        rows=[
            [
                Cell(one.note or one.id.replace("_", " "), note=readings_in_words(document, one.reading)),
                figures_in_words(one.before),
                figures_in_words(one.after),
                Cell(_("gleich"), tone="neutral") if one.is_same else Cell(_difference(one), tone="warning"),
            ]
            for one in rows
        ],
    )


def version_facts(versions: Sequence[VersionRow]) -> Table:
    """The two versions on the paper, the older one first: since when, by which decision."""
    return Table(
        caption=_("Die beiden Fassungen"),
        is_caption_hidden=True,
        is_dense=True,
        columns=[Column(_("Fassung")), Column(_("Zustand")), Column(_("Gilt ab")), Column(_("Beschluss")),
                 Column(_("Bemerkung"))],
        rows=[
            [
                _("Fassung %(number)s") % {"number": row.number},
                row.state_label,
                long_date(row.valid_from) if row.valid_from else "–",
                row.council_decision or "–",
                row.note or "–",
            ]
            for row in sorted(versions, key=lambda row: row.number)
        ],
    )  # fmt: skip


def figures_in_a_sentence(figures: Sequence[ExampleFigures]) -> str:
    """How many examples come to something else."""
    other = sum(not one.is_same for one in figures)
    if not other:
        return _("Alle Beispiele kommen zum selben Ergebnis.")
    return ngettext("%(other)s von %(count)s Beispielen kommt zu einem anderen Ergebnis.",
                    "%(other)s von %(count)s Beispielen kommen zu einem anderen Ergebnis.", other) % {
        "other": other, "count": len(figures)}  # fmt: skip


def _change(one: Change) -> ChangeView:
    kinds = {
        "added": (_("neu"), "success", "plus"),
        "removed": (_("entfällt"), "danger", "minus"),
        "changed": (_("geändert"), "warning", "edit"),
    }
    kind, tone, icon = kinds[one.kind]
    return ChangeView(
        name=in_words(one.title),
        kind=kind,
        tone=tone,
        icon=icon,
        before=[in_words(line) for line in one.before],
        after=[in_words(line) for line in one.after],
        paragraph=one.paragraph,
    )


def _slug(one: Change) -> str:
    return SECTION_OF[one.section].slug if one.section in SECTION_OF else SECTIONS[0].slug


def _difference(one: ExampleFigures) -> str:
    if one.before is None or one.after is None:
        return _("nur in einer Fassung")
    if one.before.outcome != one.after.outcome or not (one.before.fee_known and one.after.fee_known):
        return _("anders")
    return _money(one.before, one.after)


def _money(before: Quote, after: Quote) -> str:
    difference = after.total - before.total
    if not difference:
        return _("anders")
    return f"{'+' if difference.cents > 0 else ''}{euro(difference)}"
