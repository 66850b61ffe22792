"""The history of an ordinance: its versions, and who changed what in a draft.

Not here: writing the trail (``identity.services.audit``).
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.identity.contracts import AuditRow
from booking_core.ordinances.contracts import VersionRow
from booking_core.web.backoffice.presenters.audit_words import action_label
from booking_core.web.backoffice.presenters.ordinance_editor.sections import list_words, section_by_slug
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import clock, long_date


def versions_table(versions: Sequence[VersionRow], current: int) -> Table:
    """All versions of an ordinance, newest first."""
    return Table(
        caption=_("Fassungen"),
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Fassung")), Column(_("Zustand")), Column(_("Gilt ab")), Column(_("Beschluss")),
                 Column(_("Veröffentlicht")), Column(_("Bemerkung"))],
        rows=[
            [
                Cell(_("Fassung %(number)s") % {"number": row.number}, reverse("backoffice_version", args=[row.id]),
                     note=_("diese hier") if row.id == current else ""),
                Cell(row.state_label, tone="success" if row.state == "published" else "warning"),
                long_date(row.valid_from) if row.valid_from else "",
                row.council_decision,
                _published(row),
                row.note,
            ]
            for row in versions
        ],
    )  # fmt: skip


def trail_table(rows: Sequence[AuditRow], content: Ordinance) -> Table:
    """Who changed what in a version, newest first."""
    return Table(
        caption=_("Wer hat was geändert?"),
        is_dense=True,
        is_stacked=True,
        empty_text=_("Noch keine Änderungen."),
        columns=[Column(_("Wann")), Column(_("Wer")), Column(_("Was")), Column(_("Wo"))],
        rows=[
            [f"{long_date(row.at)}, {clock(row.at)}", row.actor_label, _what(row), _where(row.data, content)]
            for row in rows
        ],
    )


def _published(row: VersionRow) -> str:
    if row.published_at is None:
        return ""
    return (
        f"{long_date(row.published_at)}, {row.published_by}"
        if row.published_by
        else long_date(row.published_at)
    )


def _what(row: AuditRow) -> str:
    changes = {
        "added": _("ergänzt"), "replaced": _("geändert"), "removed": _("gelöscht"), "moved": _("verschoben"),
        "prices": _("Preise geändert"), "fields": _("geändert"), "confirmed": _("Ergebnis bestätigt"),
    }  # fmt: skip
    return changes.get(str(row.data.get("change", "")), action_label(row.action))


def _where(data: Mapping[str, object], content: Ordinance) -> str:
    section = section_by_slug(str(data.get("section", "")))
    if section is None:
        return ""
    listed, entry_id = str(data.get("list", "")), str(data.get("entry", ""))
    known = list_words(listed)
    entries = getattr(content, listed) if known else ()
    entry = next((one for one in entries if one.id == entry_id), None)
    name = in_words(EntryWords(content).name(entry)) if entry is not None else entry_id
    return f"{section.title} › {name}" if name else str(section.title)
