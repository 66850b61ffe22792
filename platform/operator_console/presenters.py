"""Turn the console's values into what the components print."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.identity.contracts import AuditRow
from design_system.contracts import Cell, Column, Fact, NavGroup, NavItem, SummaryRow, Table, Tone
from design_system.templatetags.formats import active_language, clock, long_date
from operator_console.contracts import SchemaFigures, SignUpRow, TownHealth, TownPage, TownRow
from operator_console.fees.presenters import fee_cell
from subscriptions.contracts import SubscriptionView

_ACTIONS = {
    "town.suspended": gettext_lazy("Kommune abgeschaltet"),
    "town.resumed": gettext_lazy("Kommune wieder eingeschaltet"),
    "operator.made": gettext_lazy("Zugang zur Konsole vergeben"),
    "exchange.taken_down": gettext_lazy("Eintrag im Austausch heruntergenommen"),
    "exchange.put_back": gettext_lazy("Eintrag im Austausch wieder gezeigt"),
    "town.standing_changed": gettext_lazy("Stand des Beitrags geändert"),
    "fee.plan_saved": gettext_lazy("Tarif gespeichert"),
    "fee.price_set": gettext_lazy("Preis festgelegt"),
    "fee.terms_saved": gettext_lazy("Bedingungen geändert"),
    "fee.ordered": gettext_lazy("Tarif bestellt"),
    "fee.plan_changed": gettext_lazy("Tarif gewechselt"),
    "fee.billing_saved": gettext_lazy("Rechnungsanschrift geändert"),
    "fee.population_saved": gettext_lazy("Einwohnerzahl geändert"),
    "fee.left": gettext_lazy("Teilnahme gekündigt"),
    "fee.stayed": gettext_lazy("Kündigung zurückgenommen"),
    "fee.way_chosen": gettext_lazy("Zahlungsweg gewählt"),
    "fee.trial_extended": gettext_lazy("Probezeit verlängert"),
    "fee.invoice_issued": gettext_lazy("Rechnung ausgestellt"),
    "fee.invoice_cancelled": gettext_lazy("Rechnung storniert"),
    "fee.payment_recorded": gettext_lazy("Zahlung gebucht"),
    "fee.waived": gettext_lazy("Betrag erlassen"),
    "fee.entry_reversed": gettext_lazy("Eintrag zurückgenommen"),
    "fee.reminded": gettext_lazy("Mahnung verschickt"),
}
_SUBJECTS = {
    "town": gettext_lazy("Kommune Nr. %(id)s"),
    "user": gettext_lazy("Konto Nr. %(id)s"),
    "fee_plan": gettext_lazy("Tarif Nr. %(id)s"),
    "fee_terms": gettext_lazy("Bedingungen"),
    "shared_ordinance": gettext_lazy("Eintrag im Austausch Nr. %(id)s"),
}
_TONES: dict[str, Tone] = {"live": "success", "provisioning": "info", "suspended": "danger"}


def _when(instant: datetime | None) -> str:
    return f"{long_date(instant)}, {clock(instant)}" if instant else "–"


def _short(instant: datetime | None) -> Cell:
    """A moment in a narrow column."""
    if instant is None:
        return Cell("–")
    shape = "j. M Y" if active_language() == "de" else "j M Y"
    return Cell(date_format(timezone.localtime(instant), shape), note=clock(instant))


def navigation(current: str) -> list[NavGroup]:
    """The side navigation of the console."""
    pages = (
        ("towns", _("Kommunen"), "operator_towns", "building"),
        ("fees", _("Beiträge"), "operator_fees", "euro"),
        ("sign_ups", _("Anmeldungen"), "operator_sign_ups", "people"),
        ("shared", _("Geteilte Satzungen"), "operator_shared", "document"),
        ("audit", _("Protokoll"), "operator_audit", "list"),
    )
    items = [NavItem(label, reverse(name), key == current) for key, label, name, _icon in pages]
    return [NavGroup(_("Betrieb"), items)]


def town_table(found: Sequence[TownRow], fees: Mapping[int, SubscriptionView]) -> Table:
    """The table of towns; ``fees`` by town."""
    columns = [
        Column(_("Kommune")), Column(_("Zustand")), Column(_("Gesundheit")), Column(_("Tarif und Beitrag")),
        Column(_("Größe"), is_numeric=True), Column(_("Version")), Column(_("Gebucht am")),
        Column(_("Aktiv am")),
    ]  # fmt: skip
    rows: list[list[Cell | str]] = [
        [
            Cell(row.name, url=reverse("operator_town", args=[row.id]), note=row.slug),
            Cell(row.state_label, tone=_TONES.get(row.state, "neutral")),
            Cell("; ".join(row.faults), tone="danger")
            if row.faults
            else Cell(_("in Ordnung"), tone="success"),
            fee_cell(fees.get(row.id)),
            filesizeformat(row.figures.size_bytes),
            _version_cell(row.figures),
            _short(row.figures.last_booking_at),
            _short(row.last_activity_at),
        ]
        for row in found
    ]
    return Table(
        _("Kommunen"), columns, rows, is_caption_hidden=True, is_dense=True, is_stacked=True,
        empty_text=_("Keine Kommune entspricht der Suche."),
    )  # fmt: skip


def _version_cell(figures: SchemaFigures) -> Cell:
    """How far the town's schema is: current or not, and how many migrations it has seen."""
    if not figures.migrations:
        return Cell("–")
    word = _("aktuell") if figures.is_current else _("veraltet")
    return Cell(word, note=_("%(count)s Migrationen") % {"count": figures.migrations})


def town_numbers(found: Sequence[TownRow]) -> list[Fact]:
    """The numbers above the table."""
    return [
        Fact(_("%(count)s Kommunen") % {"count": len(found)}),
        Fact(_("%(count)s in Betrieb") % {"count": sum(row.state == "live" for row in found)}),
        Fact(_("%(count)s mit Störung") % {"count": sum(bool(row.faults) for row in found)}),
        Fact(_("%(size)s belegt") % {"size": filesizeformat(sum(row.figures.size_bytes for row in found))}),
    ]


def town_facts(page: TownPage, fee: SubscriptionView | None) -> list[SummaryRow]:
    """Who the town is, what it has ordered and how it is set up."""
    plan = fee_cell(fee)
    agreement = (
        f"{page.agreement_version}, {_when(page.agreement_accepted_at)}"
        if page.agreement_accepted_at
        else _("fehlt")
    )
    rows = [
        SummaryRow(_("Name"), page.official_name),
        SummaryRow(_("Art"), page.kind_label),
        SummaryRow(_("Gemeindeschlüssel"), page.municipality_key or "–"),
        SummaryRow(_("Zustand"), page.row.state_label, note=page.suspended_reason),
        SummaryRow(_("Tarif und Beitrag"), plan.text, plan.url, note=plan.note),
        SummaryRow(_("Kontakt"), [page.contact_name or "–", page.contact_email]),
        SummaryRow(_("Adressen"), [_domain_words(*entry) for entry in page.domains] or ["–"]),
        SummaryRow(_("Auftragsverarbeitung"), agreement),
        SummaryRow(_("Schema"), page.schema_name, note=_version_cell(page.row.figures).text),
        SummaryRow(_("Größe"), filesizeformat(page.row.figures.size_bytes)),
        SummaryRow(_("Seit"), _when(page.row.created_at)),
        SummaryRow(_("Letzte Aktivität"), _when(page.row.last_activity_at)),
    ]
    if page.birth_state:
        rows.append(SummaryRow(_("Stand der Einrichtung"), page.birth_state, note=page.birth_error))
    return rows


def _domain_words(domain: str, is_primary: bool, verified_at: object) -> str:
    return f"{domain} ({_('Hauptadresse')})" if is_primary else domain


def health_facts(health: TownHealth | None) -> list[SummaryRow]:
    """Counts of the town's health."""
    if health is None:
        return []
    return [
        SummaryRow(_("Personal"), str(health.staff)),
        SummaryRow(_("Konten"), str(health.accounts)),
        SummaryRow(_("Angebote"), str(health.resources)),
        SummaryRow(_("Offene Buchungen"), str(health.bookings_open)),
        SummaryRow(_("Buchungen gesamt"), str(health.bookings_total)),
        SummaryRow(_("Letzte Buchung"), _when(health.last_booking_at)),
        SummaryRow(_("Wartende E-Mails"), str(health.mail_waiting)),
        SummaryRow(_("Gescheiterte E-Mails"), str(health.mail_failed)),
        SummaryRow(_("Tabellen"), str(health.tables)),
    ]


def sign_up_table(found: Sequence[SignUpRow]) -> Table:
    """The table of sign-ups."""
    columns = [
        Column(_("Einrichtung")), Column(_("E-Mail")), Column(_("Zustand")),
        Column(_("Schritte"), is_numeric=True), Column(_("Zuletzt geändert")),
    ]  # fmt: skip
    rows: list[list[Cell | str]] = [
        [
            Cell(row.name or _("noch ohne Namen"), url=reverse("operator_sign_up", args=[row.uuid])),
            Cell(row.email or "–", note=_("bestätigt") if row.is_verified else ""),
            Cell(row.state_label, tone="success" if row.state == "done" else "info"),
            str(row.steps_done),
            _when(row.updated_at),
        ]
        for row in found
    ]
    return Table(
        _("Anmeldungen"), columns, rows, is_caption_hidden=True, is_dense=True, is_stacked=True,
        empty_text=_("Noch hat sich keine Kommune angemeldet."),
    )  # fmt: skip


def answer_rows(row: SignUpRow) -> list[SummaryRow]:
    """The answers of one sign-up."""
    return [SummaryRow(label, value or "–") for label, value in row.answers]


def _subject_words(row: AuditRow, towns: Mapping[str, str]) -> str:
    if row.subject_type == "town" and row.subject_id in towns:
        return towns[row.subject_id]
    words = _SUBJECTS.get(row.subject_type)
    return str(words) % {"id": row.subject_id} if words else f"{row.subject_type} {row.subject_id}".strip()


def audit_table(found: Sequence[AuditRow], towns: Mapping[str, str]) -> Table:
    """The audit trail; ``towns``: names by id, as the rows write it."""
    columns = [
        Column(_("Zeit")),
        Column(_("Wer")),
        Column(_("Was")),
        Column(_("Betrifft")),
        Column(_("Grund")),
    ]
    rows: list[list[Cell | str]] = [
        [
            _when(row.at),
            row.actor_label,
            str(_ACTIONS.get(row.action, row.action)),
            _subject_words(row, towns),
            row.reason,
        ]
        for row in found
    ]
    return Table(
        _("Protokoll"), columns, rows, is_caption_hidden=True, is_dense=True, is_stacked=True,
        empty_text=_("Noch keine Einträge."),
    )  # fmt: skip
