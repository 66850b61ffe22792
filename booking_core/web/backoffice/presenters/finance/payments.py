"""Payments online ready to print: the list, one payment with its history, the town's account.

Not here: reading them (``finance.queries.payments``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentFile, PaymentLine, PaymentRow
from design_system.contracts import Cell, Column, SummaryRow, Table, TimelineEntry
from design_system.templatetags.formats import clock, euro, long_date
from tenants.stripe_accounts import ConnectedAccount

_TONES = {
    "started": "neutral", "open": "info", "processing": "info", "held": "accent", "paid": "success",
    "failed": "danger", "expired": "neutral", "released": "neutral",
}  # fmt: skip
_FAILED = frozenset({"failed", "payment_intent.payment_failed", "refund.failed", "charge.dispute.created"})


def payment_table(rows: Sequence[PaymentRow], *, caption: str, with_party: bool = True) -> Table:
    """A list of payments, reservations and refunds."""
    columns = [
        Column(_("Wann")),
        Column(_("Was")),
        *([Column(_("Kundschaft"))] if with_party else []),
        Column(_("Für")),
        Column(_("Betrag"), is_numeric=True),
        Column(_("Stand")),
    ]
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[_cells(row, with_party=with_party) for row in rows],
    )


def _cells(row: PaymentRow, *, with_party: bool) -> list[Cell | str]:
    when = f"{long_date(row.started_at)}, {clock(row.started_at)}"
    what = f"{row.kind_label} · {row.purpose_label}"
    about = row.booking_number or row.invoice_number
    return [
        Cell(when, reverse("backoffice_payment", args=[row.uuid])),
        Cell(what, note=row.method_label),
        *([row.party_name] if with_party else []),
        about,
        signed(row),
        Cell(state_words(row), tone=_TONES.get(row.state), note=row.trouble_label),  # type: ignore[arg-type]
    ]


def signed(row: PaymentRow) -> str:
    """What goes back has a minus."""
    return euro(-row.amount) if row.kind == "refund" else euro(row.amount)


def state_words(row: PaymentRow) -> str:
    """Where it stands; a refund is not "paid" but sent back."""
    if row.kind == "refund" and row.state == "paid":
        return _("zurückgezahlt")
    if row.kind in {"capture", "release"} and row.state == "paid":
        return _("erledigt")
    return row.state_label


def payment_facts(found: PaymentFile) -> list[SummaryRow]:
    """Everything about one payment; Stripe's own names help to find it in its dashboard."""
    row = found.row
    facts: list[tuple[str, str, str]] = [
        (_("Was"), f"{row.kind_label} · {row.purpose_label}", ""),
        (_("Kundschaft"), row.party_name, ""),
        (_("Betrag"), euro(row.amount), ""),
        (_("Bewegt"), euro(found.moved) if found.moved is not None else "", ""),
        (_("Weg"), row.method_label, ""),
        (_("Reserviert bis"), long_date(row.held_until) if row.held_until else "", ""),
        (_("Auffällig"), row.trouble_label, ""),
        (_("Grund"), row.reason, ""),
        (_("Konto bei Stripe"), found.account, ""),
        (_("Vorgang bei Stripe"), found.intent_ref or found.remote_ref, ""),
    ]
    return [SummaryRow(label, value) for label, value, _url in facts if value]


def payment_timeline(lines: Sequence[PaymentLine]) -> list[TimelineEntry]:
    """What happened, oldest first: our steps, and Stripe's messages by their own names."""
    return [
        TimelineEntry(
            title=_line_words(line),
            when=f"{long_date(line.at)}, {clock(line.at)}",
            text=" · ".join(words for words in (line.text, line.actor_label, line.event_id) if words),
            state="failed" if line.kind in _FAILED else "done",
        )
        for line in lines
    ]


def _line_words(line: PaymentLine) -> str:
    words = {
        "started": _("Begonnen"),
        "open": _("Bezahlseite offen"),
        "processing": _("Unterwegs"),
        "held": _("Reserviert"),
        "paid": _("Erledigt"),
        "failed": _("Gescheitert"),
        "expired": _("Abgelaufen"),
        "released": _("Freigegeben"),
    }
    return words.get(line.kind) or _("Meldung von Stripe: %(kind)s") % {"kind": line.kind}


def account_facts(account: ConnectedAccount) -> list[SummaryRow]:
    """What Stripe says of the town's account."""
    yes, no = _("ja"), _("noch nicht")
    rows = [
        SummaryRow(_("Konto"), account.account_id),
        SummaryRow(_("Angaben vollständig"), yes if account.details_submitted else no),
        SummaryRow(_("Darf Zahlungen annehmen"), yes if account.charges_enabled else no),
        SummaryRow(_("Darf auszahlen"), yes if account.payouts_enabled else no),
    ]
    if account.requirements:
        rows.append(SummaryRow(_("Stripe fehlt noch"), [_requirement(one) for one in account.requirements]))
    if account.checked_at is not None:
        when = f"{long_date(account.checked_at)}, {clock(account.checked_at)}"
        rows.append(SummaryRow(_("Zuletzt geprüft"), when))
    return rows


def _requirement(name: str) -> str:
    """Stripe's name in words, where we know them; else as Stripe writes it."""
    words = {
        "external_account": _("Bankverbindung für Auszahlungen"),
        "company.name": _("Amtlicher Name"),
        "company.tax_id": _("Steuernummer"),
        "business_profile.url": _("Webseite"),
        "business_profile.mcc": _("Branche"),
        "tos_acceptance.date": _("Zustimmung zu den Bedingungen"),
    }
    known = words.get(name)
    if known is None and name.startswith("representative."):
        return _("Angaben zur Vertretung")
    return known or name
