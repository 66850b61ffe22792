"""Tables and rows of the operators' pages about fees.

Not here: words for plans and states (``subscriptions.wording``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.kernel.money import total
from design_system.contracts import Cell, Column, Fact, SummaryRow, Table
from design_system.templatetags.formats import euro, long_date
from subscriptions.contracts import (
    DueFee,
    DueReminder,
    FeeEntryView,
    FeeInvoiceRow,
    PlanView,
    SubscriptionView,
    Terms,
)
from subscriptions.presenters import invoice_state, period_words, price_cell
from subscriptions.wording import interval_words, kind_words, plan_name, price_words, size_words, state_words


def fee_cell(one: SubscriptionView | None) -> Cell:
    """A town's fee in the table of towns: state, plan, what is open."""
    if one is None:
        return Cell("–")
    words, tone = state_words(one)
    plan = plan_name(one.plan) if one.plan else ""
    owed = _("offen %(amount)s") % {"amount": euro(one.open)} if one.open else ""
    note = " · ".join(part for part in (plan, owed) if part)
    return Cell(words, url=reverse("operator_fee_town", args=[one.tenant_id]), tone=tone, note=note)


def arrears_facts(rows: Sequence[FeeInvoiceRow]) -> list[Fact]:
    """The numbers above the list of open invoices."""
    overdue = [row for row in rows if row.state == "overdue"]
    return [
        Fact(_("%(amount)s offen") % {"amount": euro(total([row.open for row in rows]))}, icon="euro"),
        Fact(_("%(amount)s überfällig") % {"amount": euro(total([row.open for row in overdue]))}, icon="clock"),
        Fact(ngettext("%(count)s Kommune im Verzug", "%(count)s Kommunen im Verzug",
                      len({row.tenant_id for row in overdue}))
             % {"count": len({row.tenant_id for row in overdue})}, icon="building"),
    ]  # fmt: skip


def open_table(rows: Sequence[FeeInvoiceRow]) -> Table:
    """Every open invoice, longest due first."""
    return Table(
        caption=_("Offene Rechnungen"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Kommune")), Column(_("Rechnung")), Column(_("Zeitraum")), Column(_("Fällig am")),
                 Column(_("Offen"), is_numeric=True), Column(_("Zustand")), Column(_("Nur lesend ab"))],
        rows=[
            [
                Cell(row.town, url=reverse("operator_fee_town", args=[row.tenant_id])),
                Cell(row.number, url=reverse("operator_fee_pdf", args=[row.uuid])),
                period_words(row),
                long_date(row.due_on),
                euro(row.open),
                invoice_state(row),
                long_date(row.read_only_on) or "–",
            ]
            for row in rows
        ],
        empty_text=_("Nichts ist offen."),
    )  # fmt: skip


def plan_table(found: Sequence[PlanView]) -> Table:
    """Every plan with the price of today."""
    return Table(
        caption=_("Tarife"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Tarif")), Column(_("Für wen")), Column(_("im Jahr"), is_numeric=True),
                 Column(_("im Monat"), is_numeric=True), Column(_("Zustand"))],
        rows=[
            [
                Cell(one.name, url=reverse("operator_fee_plan", args=[one.id])),
                Cell(kind_words(one), note=size_words(one)),
                price_cell(one.yearly),
                price_cell(one.monthly),
                Cell(_("angeboten"), tone="success") if one.is_offered else Cell(_("nicht mehr angeboten")),
            ]
            for one in found
        ],
    )  # fmt: skip


def plan_prices(plan: PlanView) -> Table:
    """All prices of a plan, the newest first."""
    return Table(
        caption=_("Preise"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Gilt ab")), Column(_("Abrechnungsweise")), Column(_("Preis"), is_numeric=True)],
        rows=[
            [long_date(price.valid_from), interval_words(price.interval), price_words(price)]
            for price in sorted(plan.prices, key=lambda one: (one.interval, one.valid_from), reverse=True)
        ],
        empty_text=_("Noch kein Preis. Ohne Preis wird der Tarif nirgends angeboten."),
    )  # fmt: skip


def due_table(found: Sequence[DueFee]) -> Table:
    """What a run would write."""
    return Table(
        caption=_("Fällige Rechnungen"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Kommune")), Column(_("Zeitraum")), Column(_("Tarif")),
                 Column(_("Betrag"), is_numeric=True), Column(_("Hinderung"))],
        rows=[
            [
                Cell(due.town, url=reverse("operator_fee_town", args=[due.tenant_id])),
                f"{long_date(due.period.first_on)} – {long_date(due.period.last_on)}",
                due.plan_name or "–",
                euro(due.gross),
                Cell(due.obstacle, tone="danger") if due.obstacle else "–",
            ]
            for due in found
        ],
        footer=[_("Summe"), "", "", euro(total([due.gross for due in found if not due.obstacle])), ""]
        if found else (),
        empty_text=_("Bis zu diesem Tag ist alles berechnet."),
    )  # fmt: skip


def reminder_table(found: Sequence[DueReminder]) -> Table:
    """What a run of reminders would send."""
    return Table(
        caption=_("Fällige Mahnungen"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Kommune")), Column(_("Rechnung")), Column(_("Fällig am")),
                 Column(_("Offen"), is_numeric=True), Column(_("Stufe")), Column(_("Folge"))],
        rows=[
            [
                Cell(one.invoice.town, url=reverse("operator_fee_town", args=[one.invoice.tenant_id])),
                one.invoice.number,
                long_date(one.invoice.due_on),
                euro(one.invoice.open),
                _("%(step)s von %(steps)s") % {"step": one.step, "steps": one.steps},
                Cell(_("nur lesend ab %(day)s") % {"day": long_date(one.read_only_on)}, tone="warning")
                if one.read_only_on else _("Warnung in der Verwaltung"),
            ]
            for one in found
        ],
        empty_text=_("Heute ist keine Mahnung fällig."),
    )  # fmt: skip


def town_invoices(rows: Sequence[FeeInvoiceRow]) -> Table:
    """A town's documents, each with what can be done."""
    return Table(
        caption=_("Rechnungen"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Nummer")), Column(_("Zeitraum")), Column(_("Fällig am")),
                 Column(_("Betrag"), is_numeric=True), Column(_("Offen"), is_numeric=True), Column(_("Zustand")),
                 Column(_("Zahlung")), Column(_("Erlassen")), Column(_("Stornieren"))],
        rows=[
            [
                Cell(row.number, url=reverse("operator_fee_pdf", args=[row.uuid])),
                period_words(row),
                long_date(row.due_on),
                euro(row.gross),
                euro(row.open) if row.open else "–",
                invoice_state(row),
                _step(row, "zahlung", _("Zahlung erfassen …"), is_there=bool(row.open)),
                _step(row, "erlassen", _("Erlassen …"), is_there=bool(row.open)),
                _step(row, "stornieren", _("Stornieren …"),
                      is_there=row.kind == "invoice" and row.state != "cancelled"),
            ]
            for row in rows
        ],
        empty_text=_("Noch keine Rechnungen."),
    )  # fmt: skip


def _step(row: FeeInvoiceRow, step: str, label: str, *, is_there: bool) -> Cell:
    return Cell(label, url=reverse("operator_fee_step", args=[row.uuid, step])) if is_there else Cell("–")


def entry_table(found: Sequence[FeeEntryView]) -> Table:
    """Every movement of a town, newest first."""
    return Table(
        caption=_("Bewegungen"), is_caption_hidden=True, is_dense=True, is_stacked=True,
        columns=[Column(_("Tag")), Column(_("Was")), Column(_("Rechnung")), Column(_("Betrag"), is_numeric=True),
                 Column(_("Wer und warum")), Column(_("Berichtigen"))],
        rows=[
            [
                long_date(one.valued_on),
                one.kind_label,
                one.invoice_number,
                euro(one.amount),
                Cell(one.actor_label, note=one.text),
                Cell(_("Berichtigen …"), url=reverse("operator_fee_reverse", args=[one.uuid]))
                if one.can_be_reversed else "–",
            ]
            for one in found
        ],
        empty_text=_("Noch hat sich nichts bewegt."),
    )  # fmt: skip


def terms_rows(terms: Terms) -> list[SummaryRow]:
    """The terms in short."""
    steps = ", ".join(str(days) for days in terms.reminder_days)
    return [
        SummaryRow(_("Probezeit"), _days(terms.trial_days)),
        SummaryRow(_("Zahlungsziel"), _days(terms.payment_days)),
        SummaryRow(_("Mahnungen nach Tagen"), steps),
        SummaryRow(_("Nur lesend nach der letzten Mahnung"), _days(terms.read_only_days)),
        SummaryRow(_("Rechnungen schreibt"), terms.seller_name or _("noch niemand")),
    ]


def _days(count: int) -> str:
    return ngettext("%(count)s Tag", "%(count)s Tage", count) % {"count": count}
