"""Which reminders are due, which are stopped, and how far a run has come.

Not here: noting them (``services.reminders``).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from booking_core.finance.contracts import ReminderStep
from booking_core.finance.models import BankOrder, EntryKind, Invoice, InvoiceKind, Payment
from booking_core.finance.queries.profile import finance_profile
from booking_core.kernel.money import Money

_UNDERWAY = ("started", "open", "processing")


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
    found = (
        _open_invoices(today).filter(~_stopped(today)).exclude(reminder_run__isnull=False, reminder_result="")
    )
    found = found.filter(
        ~Exists(BankOrder.objects.filter(invoice=OuterRef("pk"), executed_at=None, withdrawn_at=None)),
        ~Exists(Payment.objects.filter(invoice=OuterRef("pk"), kind="payment", state__in=_UNDERWAY)),
    )
    due = []
    for row in found:
        balance, sent, last_on = _sums(row)
        if sent < len(steps) and next_reminder_on(row.due_on, last_on, steps[sent]) <= today:
            fee = steps[sent].fee
            due.append(DueReminder(row.uuid, row.number, row.party.name, row.due_on, balance, sent + 1, fee))
    return tuple(due)


def _sums(row: Invoice) -> tuple[Money, int, date | None]:
    """What ``_open_invoices`` annotated: what is open, how many reminders were sent, when the last one."""
    balance: int = row.balance  # type: ignore[attr-defined]
    sent: int = row.sent  # type: ignore[attr-defined]
    last_on: date | None = row.last_on  # type: ignore[attr-defined]
    return Money(balance), sent, last_on


def next_reminder_on(due_on: date, last_on: date | None, step: ReminderStep) -> date:
    """From which day the next reminder may go out; ``last_on`` is the day of the one before."""
    return (last_on or due_on) + timedelta(days=step.days)


def stopped_invoices(*, today: date) -> tuple[StoppedInvoice, ...]:
    """Open invoices nobody is reminded of today. One statement."""
    found = _open_invoices(today, only_overdue=False).filter(_stopped(today))
    return tuple(
        StoppedInvoice(
            row.uuid, row.number, row.party.name, _sums(row)[0], row.stopped_on or today, row.stopped_until,
            row.stopped_reason, row.stopped_by,
        )
        for row in found
    )  # fmt: skip


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


def _open_invoices(today: date, *, only_overdue: bool = True) -> QuerySet[Invoice]:
    reminders = Q(entries__kind=EntryKind.REMINDER)
    found = Invoice.objects.filter(kind=InvoiceKind.INVOICE).select_related("party").defer("pdf", "content")
    if only_overdue:
        found = found.filter(due_on__lt=today)
    return (
        found.annotate(
            balance=Coalesce(Sum("entries__amount_cents"), 0),
            sent=Count("entries", filter=reminders),
            last_on=Max("entries__valued_on", filter=reminders),
        )
        .filter(balance__gt=0)
        .order_by("due_on", "pk")
    )


def _stopped(today: date) -> Q:
    return Q(stopped_on__isnull=False) & (Q(stopped_until__isnull=True) | Q(stopped_until__gte=today))
