"""Which reminders are due, which are stopped, and how far a run has come.

Not here: noting them (``services.reminders``).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from booking_core.finance.contracts import ReminderStep
from booking_core.finance.models import BankOrder, EntryKind, Invoice, InvoiceKind, Payment
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.queries.stops import is_stopped
from booking_core.kernel.money import Money

_UNDERWAY = ("started", "open", "processing")
_BALANCE = Coalesce(Sum("entries__amount_cents"), 0)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """An invoice whose next reminder may go out. ``step`` counts from 1; ``fee`` comes on top of ``balance``."""

    uuid: UUID
    number: str
    party_name: str
    due_on: date
    balance: Money
    step: int
    fee: Money


@dataclass(frozen=True, slots=True)
class StoppedInvoice:
    """An open invoice nobody is reminded of. ``until`` None: until somebody lifts the stop."""

    uuid: UUID
    number: str
    party_name: str
    balance: Money
    on: date
    until: date | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One invoice of a run. ``result``: empty (still to be sent), ``sent``, or why not."""

    uuid: UUID
    number: str
    party_name: str
    step: int
    result: str


@dataclass(frozen=True, slots=True)
class ReminderRun:
    """Reminders sent together."""

    uuid: UUID
    lines: tuple[RunLine, ...]

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.result)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.lines)


def due_reminders(*, today: date) -> tuple[DueReminder, ...]:
    """Every invoice whose next reminder may go out today, longest overdue first. Two statements.

    Left out: stopped ones, ones in an open run, and ones whose money is on its way (a debit at the bank or online).
    """
    profile = finance_profile()
    steps = profile.reminder_steps if profile is not None else ()
    reminders = Q(entries__kind=EntryKind.REMINDER)
    rows = (
        Invoice.objects.filter(~is_stopped(today), kind=InvoiceKind.INVOICE, due_on__lt=today)
        .exclude(reminder_run__isnull=False, reminder_result="")
        .exclude(
            Exists(BankOrder.objects.filter(invoice=OuterRef("pk"), executed_at=None, withdrawn_at=None))
        )
        .exclude(Exists(Payment.objects.filter(invoice=OuterRef("pk"), kind="payment", state__in=_UNDERWAY)))
        .annotate(
            balance=_BALANCE,
            sent=Count("entries", filter=reminders),
            last_on=Max("entries__valued_on", filter=reminders),
        )
        .filter(balance__gt=0)
        .order_by("due_on", "pk")
        .values_list("uuid", "number", "party__name", "due_on", "balance", "sent", "last_on")
    )
    due = []
    for uuid, number, party, due_on, balance, sent, last_on in rows:
        if sent < len(steps) and next_reminder_on(due_on, last_on, steps[sent]) <= today:
            fee = steps[sent].fee
            due.append(DueReminder(uuid, number, party, due_on, Money(balance), sent + 1, fee))
    return tuple(due)


def next_reminder_on(due_on: date, last_on: date | None, step: ReminderStep) -> date:
    """From which day the next reminder may go out; ``last_on`` is the day of the one before."""
    return (last_on or due_on) + timedelta(days=step.days)


def stopped_invoices(*, today: date) -> tuple[StoppedInvoice, ...]:
    """Open invoices nobody is reminded of today. One statement."""
    rows = (
        Invoice.objects.filter(is_stopped(today), kind=InvoiceKind.INVOICE)
        .annotate(balance=_BALANCE)
        .filter(balance__gt=0)
        .order_by("due_on", "pk")
        .values_list("uuid", "number", "party__name", "balance", "stopped_on", "stopped_until",
                     "stopped_reason", "stopped_by")
    )  # fmt: skip
    return tuple(
        StoppedInvoice(uuid, number, party, Money(balance), on or today, until, reason, by)
        for uuid, number, party, balance, on, until, reason, by in rows
    )


def reminder_run(run: UUID) -> ReminderRun | None:
    """A run with its invoices; None where there is none. One statement."""
    rows = Invoice.objects.filter(reminder_run=run).order_by("pk")
    lines = tuple(
        RunLine(uuid, number, party, step or 0, result)
        for uuid, number, party, step, result in rows.values_list(
            "uuid", "number", "party__name", "reminder_step", "reminder_result"
        )
    )
    return ReminderRun(run, lines) if lines else None


def open_runs() -> tuple[UUID, ...]:
    """Runs that have not come to their end. One statement."""
    found = Invoice.objects.filter(reminder_run__isnull=False, reminder_result="").order_by("reminder_run")
    return tuple(run for run in found.values_list("reminder_run", flat=True).distinct() if run is not None)
