"""Staff, API keys, parties and the audit trail as tables.

Not here: bookings (``presenters.bookings``).
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.api_keys import SCOPES
from booking_core.identity.contracts import ApiKeyView, AuditRow, PartyView, StaffRow
from booking_core.web.backoffice.presenters.audit_words import action_label, detail_words, subject_label
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import clock, long_date

# Where an entry of the trail leads. Places have pages by number; one written by its UUID has no link.
_PAGES = {
    "booking": "backoffice_booking",
    "invoice": "backoffice_invoice",
    "location": "backoffice_location",
    "party": "backoffice_party",
    "resource": "backoffice_resource",
}
_BY_NUMBER = {"location", "resource"}
_KEY_TONES = {"active": "success", "expired": "warning", "revoked": "neutral"}


def staff_table(rows: Sequence[StaffRow], location_names: Mapping[int, str]) -> Table:
    """One line per colleague; the name leads to the roles."""
    return Table(
        caption=_("Team"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Name")), Column(_("E-Mail")), Column(_("Rollen")), Column(_("Standorte")),
                 Column(_("Zuletzt angemeldet"))],
        rows=[
            [
                Cell(row.name or row.email, reverse("backoffice_team_member", args=[row.user_id])),
                row.email,
                ", ".join(row.role_labels),
                ", ".join(location_names.get(place, "–") for place in row.location_ids) or _("alle"),
                long_date(row.last_login) if row.last_login else Cell(_("noch nie"), tone="warning"),
            ]
            for row in rows
        ],
    )  # fmt: skip


def api_key_table(keys: Sequence[ApiKeyView], states: Mapping[int, str]) -> Table:
    """One line per key; ``states``: key id → active, expired, revoked."""
    labels = {"active": _("gilt"), "expired": _("abgelaufen"), "revoked": _("gesperrt")}
    return Table(
        caption=_("Schlüssel"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Name")), Column(_("Beginnt mit")), Column(_("Rechte")), Column(_("Zustand")),
                 Column(_("Zuletzt benutzt")), Column(_("Sperren"), is_hidden_label=True)],
        rows=[
            [
                Cell(key.name, reverse("backoffice_api_key", args=[key.id]))
                if states[key.id] != "revoked"
                else key.name,
                f"{key.prefix}…",
                ", ".join(str(SCOPES.get(scope, scope)) for scope in key.scopes),
                Cell(labels[states[key.id]], tone=_KEY_TONES[states[key.id]]),  # type: ignore[arg-type]  # a tone
                long_date(key.last_used_at) if key.last_used_at else _("noch nie"),
                Cell(_("Sperren"), reverse("backoffice_api_key_revoke", args=[key.id]))
                if states[key.id] == "active"
                else "",
            ]
            for key in keys
        ],
    )  # fmt: skip


def party_table(parties: Sequence[PartyView], group_labels: Mapping[str, str]) -> Table:
    """One line per person or organisation that booked."""
    return Table(
        caption=_("Kundschaft"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Name")), Column(_("Art")), Column(_("Ort")), Column(_("E-Mail")),
                 Column(_("Geprüfte Gruppe")), Column(_("Merkmale"))],
        rows=[
            [
                Cell(party.name, reverse("backoffice_party", args=[party.uuid])),
                party.kind_label,
                " ".join(part for part in (party.postal_code, party.city) if part),
                party.email,
                group_labels.get(party.customer_group, party.customer_group),
                ", ".join(party_marks(party)),
            ]
            for party in parties
        ],
    )  # fmt: skip


def party_marks(party: PartyView) -> list[str]:
    """What is known of a party beside its group."""
    marks = [
        (party.is_resident, _("ortsansässig")),
        (party.is_registered, _("eingetragen")),
        (party.user_id is not None, _("mit Konto")),
        (bool(party.staff_note), _("mit Notiz")),
    ]
    return [label for holds, label in marks if holds]


def audit_table(rows: Sequence[AuditRow]) -> Table:
    """One line per entry, the newest first."""
    return Table(
        caption=_("Protokoll"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Wann")), Column(_("Wer")), Column(_("Was")), Column(_("Woran")),
                 Column(_("Einzelheiten"))],
        rows=[
            [
                f"{long_date(row.at)}, {clock(row.at)}",
                row.actor_label,
                Cell(action_label(row.action), note=row.reason),
                _subject_cell(row),
                _details(row.data),
            ]
            for row in rows
        ],
    )  # fmt: skip


def _subject_cell(row: AuditRow) -> Cell:
    """What an entry was done to: its kind, its name, and the way to its page where it has one."""
    label = subject_label(row.subject_type)
    if not row.subject_name:
        return Cell(label)
    is_reachable = row.subject_type not in _BY_NUMBER or row.subject_id.isdecimal()
    route = _PAGES.get(row.subject_type) if is_reachable else None
    return Cell(f"{label} {row.subject_name}", reverse(route, args=[row.subject_id]) if route else "")


def _details(data: Mapping[str, object]) -> str:
    return "; ".join(words for name, value in data.items() if (words := detail_words(name, value)))[:300]
