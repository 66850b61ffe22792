"""What a run would do on a day: invoices to write, reminders to send. Looking changes nothing.

Not here: doing it (``services.invoicing``, ``services.dunning``).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from booking_core.kernel.money import ZERO
from subscriptions.contracts import DueFee, DueReminder, FeeInvoiceRow, Price, Terms
from subscriptions.models import Plan, Subscription, Way
from subscriptions.periods import Period, period_from
from subscriptions.queries.invoices import open_invoices
from subscriptions.queries.plans import plan_view, terms
from subscriptions.queries.towns import billing_of
from tenants.context import in_public

MOST_PERIODS = 36  # of one town in one run; a run that was forgotten for longer goes on at the next


def due_fees(*, until: date) -> tuple[DueFee, ...]:
    """Every invoice for a period that begins on or before ``until``, by town; free periods are left out."""
    with in_public():
        rows = list(
            Subscription.objects.filter(starts_on__lte=until, way=Way.TRANSFER)
            .select_related("tenant")
            .order_by("tenant__short_name", "pk")
        )
        known = {row.pk: row for row in Plan.objects.prefetch_related("prices")}
        rules = terms()
    return tuple(
        due for row in rows for due in fees_of_town(row, known, rules, until=until) if due.net or due.obstacle
    )


def fees_of_town(row: Subscription, known: dict[int, Plan], rules: Terms, *, until: date) -> Iterator[DueFee]:
    """One town's periods that begin on or before ``until`` and are not billed, free ones included."""
    for period, plan_id, interval in open_periods(row, until=until):
        plan = plan_view(known[plan_id], on=period.first_on) if plan_id in known else None
        price = plan.price_for(interval) if plan else None
        yield DueFee(
            tenant_id=row.tenant_id,
            town=str(row.tenant.short_name),
            period=period,
            plan_name=plan.name if plan else "",
            net=price.net if price else ZERO,
            gross=price.gross if price else ZERO,
            tax_percent=price.tax_percent if price else Decimal(0),
            obstacle=_obstacle(row, price, rules),
        )


def open_periods(row: Subscription, *, until: date) -> Iterator[tuple[Period, int, str]]:
    """Periods still to settle with their plan and interval; after the first one what was chosen for "next" counts."""
    if row.starts_on is None or row.plan_id is None or row.way != Way.TRANSFER:
        return
    next_choice = (row.next_plan_id or row.plan_id, row.next_interval or row.interval)
    is_first = row.billed_until is None
    first_on = row.starts_on if row.billed_until is None else row.billed_until + timedelta(days=1)
    plan_id, interval = (row.plan_id, row.interval) if is_first else next_choice
    for _number in range(MOST_PERIODS):
        if first_on > until or (row.ends_on is not None and first_on > row.ends_on):
            return
        period = period_from(first_on, interval, anchor_day=row.starts_on.day)
        yield period, plan_id, interval
        first_on = period.next_first_on
        plan_id, interval = next_choice


def _obstacle(row: Subscription, price: Price | None, rules: Terms) -> str:
    if price is None:
        return _("Für diesen Zeitraum hat der Tarif keinen Preis.")
    if not price.net:
        return ""
    if bool(price.tax_percent) != (rules.tax_status == "regular"):
        return _("Der Steuersatz des Tarifs passt nicht zum Steuerstatus des Verbunds.")
    if not rules.is_complete:
        return _("Die Angaben des Verbunds für Rechnungen fehlen noch.")
    address = billing_of(row)
    if not (address.street and address.postal_code and address.city):
        return _("Die Rechnungsanschrift ist nicht vollständig.")
    return ""


def due_reminders(*, today: date) -> tuple[DueReminder, ...]:
    """Every reminder that is due, longest overdue first."""
    rules = terms()
    found = (due_reminder(row, rules, today=today) for row in open_invoices(today=today))
    return tuple(one for one in found if one is not None)


def due_reminder(invoice: FeeInvoiceRow, rules: Terms, *, today: date) -> DueReminder | None:
    """The next reminder of an invoice, if its day has come."""
    step = invoice.reminders + 1
    if not invoice.open or step > len(rules.reminder_days):
        return None
    waits_from = invoice.reminded_on or invoice.due_on
    if today < waits_from + timedelta(days=max(rules.reminder_days[step - 1], 1)):
        return None
    is_last = step == len(rules.reminder_days)
    named = today + timedelta(days=rules.read_only_days) if is_last else None
    return DueReminder(invoice, step, len(rules.reminder_days), named)
