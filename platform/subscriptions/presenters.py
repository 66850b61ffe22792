"""Turn the fee's values into what the components print, for a town's page and the main host.

Not here: the operators' pages (``operator_console``), words (``wording``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design_system.contracts import Cell, Column, SummaryRow, Table
from design_system.templatetags.formats import euro, long_date
from subscriptions.contracts import FeeInvoiceRow, OnlineInvoice, PlanView, Price, SubscriptionView
from subscriptions.wording import (
    INVOICE_STATES,
    grouped,
    interval_words,
    kind_words,
    net_words,
    plan_name,
    price_words,
    size_words,
    state_words,
)


def price_table(found: Sequence[PlanView]) -> Table:
    """What each plan costs, for everyone to read."""
    return Table(
        caption=_("Preise"),
        is_caption_hidden=True,
        is_stacked=True,
        columns=[Column(_("Tarif")), Column(_("Für wen")), Column(_("Preis im Jahr"), is_numeric=True),
                 Column(_("Preis im Monat"), is_numeric=True)],
        rows=[
            [
                plan_name(one),
                Cell(kind_words(one), note=size_words(one)),
                price_cell(one.yearly),
                price_cell(one.monthly),
            ]
            for one in found
        ],
    )  # fmt: skip


def price_cell(price: Price | None) -> Cell:
    """What it costs with tax; below it what of that is net."""
    if price is None:
        return Cell("–")
    if not price.net:
        return Cell(_("kostenfrei"))
    return Cell(euro(price.gross), note=net_words(price))


def plan_in_words(plan: PlanView) -> str:
    """Name and price in one breath."""
    price = plan.yearly or plan.monthly
    if price is None:
        return plan_name(plan)
    return _("Tarif „%(plan)s“: %(price)s") % {"plan": plan_name(plan), "price": price_words(price)}


def subscription_rows(one: SubscriptionView) -> list[SummaryRow]:
    """Where a town stands with its plan."""
    words, _tone = state_words(one)
    rows = [SummaryRow(_("Stand"), words, note=standing_words(one))]
    if one.plan is not None and one.is_ordered:
        price = one.plan.price_for(one.interval)
        rows.append(SummaryRow(_("Tarif"), [plan_name(one.plan), price_words(price) if price else "–"]))
        rows.append(
            SummaryRow(
                _("Abrechnungsweise"),
                _("%(interval)s im Voraus") % {"interval": interval_words(one.interval)},
            )
        )
        way = _("online über Stripe") if one.way == "stripe" else _("Rechnung und Überweisung")
        rows.append(SummaryRow(_("Zahlungsweg"), way))
        rows.append(SummaryRow(_("Beginn"), long_date(one.starts_on), note=_ordered_words(one)))
    else:
        left = ngettext("noch %(days)s Tag", "noch %(days)s Tage", one.trial_days_left) % {
            "days": one.trial_days_left
        }
        rows.append(SummaryRow(_("Probezeit"), _("bis %(day)s") % {"day": long_date(one.trial_ends_on)},
                               note=left if one.trial_days_left else _("abgelaufen")))  # fmt: skip
    if one.next_plan is not None or one.next_interval:
        following = plan_name(one.next_plan) if one.next_plan else ""
        words = " · ".join(part for part in (following, interval_words(one.next_interval)) if part)
        rows.append(SummaryRow(_("Ab dem nächsten Zeitraum"), words))
    if one.ends_on is not None:
        rows.append(SummaryRow(_("Gekündigt zum"), long_date(one.ends_on)))
    rows.append(
        SummaryRow(_("Einwohnerzahl"), grouped(one.population) if one.population else _("nicht angegeben"))
    )
    return rows


def _ordered_words(one: SubscriptionView) -> str:
    return _("bestellt von %(who)s am %(day)s") % {"who": one.ordered_by, "day": long_date(one.ordered_at)}


def standing_words(one: SubscriptionView) -> str:
    """The day that matters, where there is one."""
    if one.standing == "warned" and one.read_only_on is not None:
        return _("ab %(day)s nur noch lesend") % {"day": long_date(one.read_only_on)}
    if one.standing == "read_only" and one.read_only_on is not None:
        return _("seit %(day)s") % {"day": long_date(one.read_only_on)}
    return ""


def billing_rows(one: SubscriptionView) -> list[SummaryRow]:
    """Where invoices go."""
    billing = one.billing
    town = f"{billing.postal_code} {billing.city}".strip()
    address = [line for line in (billing.name, billing.unit, billing.street, town) if line]
    return [
        SummaryRow(_("Anschrift"), address),
        SummaryRow(_("E-Mail"), billing.email or "–"),
        SummaryRow(_("Leitweg-ID"), billing.leitweg_id or "–",
                   note=_("Rechnungen kommen als XRechnung.") if billing.leitweg_id else ""),
    ]  # fmt: skip


def town_invoice_table(rows: Sequence[FeeInvoiceRow]) -> Table:
    """A town's documents with their files."""
    return Table(
        caption=_("Rechnungen des Verbunds"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Nummer")), Column(_("Zeitraum")), Column(_("Fällig am")),
                 Column(_("Betrag"), is_numeric=True), Column(_("Offen"), is_numeric=True), Column(_("Zustand")),
                 Column(_("E-Rechnung"))],
        rows=[
            [
                Cell(row.number, reverse("backoffice_fee_pdf", args=[row.uuid]), note=_("PDF")),
                period_words(row),
                long_date(row.due_on) if row.kind == "invoice" else "–",
                euro(row.gross),
                euro(row.open) if row.open else "–",
                invoice_state(row),
                Cell("XML", reverse("backoffice_fee_xml", args=[row.uuid])),
            ]
            for row in rows
        ],
        empty_text=_("Noch keine Rechnungen."),
    )  # fmt: skip


def online_table(rows: Sequence[OnlineInvoice]) -> Table:
    """Invoices at Stripe with the way to see and pay them."""
    states = {"open": (_("offen"), "warning"), "paid": (_("bezahlt"), "success")}
    return Table(
        caption=_("Rechnungen bei Stripe"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Nummer")), Column(_("Zeitraum")), Column(_("Fällig am")),
                 Column(_("Betrag"), is_numeric=True), Column(_("Offen"), is_numeric=True), Column(_("Zustand")),
                 Column(_("PDF"))],
        rows=[
            [
                Cell(row.number or "–", url=row.url, note=_("ansehen und zahlen") if row.open else ""),
                f"{long_date(row.period.first_on)} – {long_date(row.period.last_on)}",
                long_date(row.due_on) or "–",
                euro(row.gross),
                euro(row.open) if row.open else "–",
                Cell(states.get(row.state, (_("storniert"), "neutral"))[0],
                     tone=states.get(row.state, ("", "neutral"))[1]),  # type: ignore[arg-type]  # a tone
                Cell(_("PDF"), url=row.pdf_url) if row.pdf_url else "–",
            ]
            for row in rows
        ],
    )  # fmt: skip


def period_words(row: FeeInvoiceRow) -> str:
    """The days an invoice is for."""
    return f"{long_date(row.period.first_on)} – {long_date(row.period.last_on)}"


def invoice_state(row: FeeInvoiceRow) -> Cell:
    """State with its tone; how often was reminded beside it."""
    label, tone = INVOICE_STATES[row.state]
    note = ""
    if row.reminders and row.open:
        note = ngettext("%(count)s Mahnung", "%(count)s Mahnungen", row.reminders) % {"count": row.reminders}
    return Cell(str(label), tone=tone, note=note)
