"""What leaves the finance room: the town's profile, invoices, movements, what is owed and kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import TaxPeriod
from booking_core.finance.paper.content import Paper, PaperParty
from booking_core.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """One reminder: how many days after the due date (or the reminder before), and what it costs."""

    days: int
    fee: Money


@dataclass(frozen=True, slots=True)
class ProfileView:
    """How the town wants to be paid. ``invoice_moment``: confirmation, settlement or manual."""

    creditor_name: str
    iban: str
    bic: str
    bank_name: str
    tax_number: str
    vat_id: str
    tax_periods: tuple[TaxPeriod, ...]
    invoice_moment: str
    accepts_transfer: bool
    accepts_on_site: bool
    payment_days: int
    number_prefix: str
    reference_scheme: Scheme
    reference_prefix: str
    reminder_steps: tuple[ReminderStep, ...] = ()
    closing_text: str = ""
    creditor_id: str = ""
    second_person_from: Money | None = None
    fees_online: bool = False
    deposit_online: str = ""
    pays_first: bool = False


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line before it is an invoice's. ``percent`` None: the ordinance says nothing of tax.

    ``is_gross`` False: the amount is net and tax comes on top. ``unit_price`` in euro, as the ordinance names it.
    ``is_own``: a clerk added it by hand.
    """

    label: str
    cents: int
    booking_id: int | None
    booking_number: str
    detail: str = ""
    paragraph: str = ""
    quantity: Decimal = Decimal(1)
    unit_label: str = ""
    unit_price: Decimal | None = None
    percent: Decimal | None = None
    is_gross: bool = True
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """All an invoice needs but its number. ``expected_cents`` must come out, or nothing is written."""

    party_id: int
    buyer: PaperParty
    language: str
    subject: str
    lines: tuple[DraftLine, ...]
    supply_first_on: date
    supply_last_on: date
    expected_cents: int
    buyer_reference: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One movement, as lists show it. ``is_reversed``: a later entry takes it back; ``way``: ``models.Way``."""

    uuid: UUID
    account: str
    kind: str
    kind_label: str
    amount: Money
    way_label: str
    valued_on: date
    at: datetime
    actor_label: str
    text: str = ""
    invoice_number: str = ""
    invoice_uuid: UUID | None = None
    booking_number: str = ""
    party_name: str = ""
    is_reversed: bool = False
    way: str = "none"


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of a list. ``state``: open, overdue, paid, credit, cancelled; ``document``: a cancellation."""

    uuid: UUID
    kind: str
    kind_label: str
    number: str
    reference: str
    party_name: str
    issued_on: date
    due_on: date
    gross: Money
    balance: Money
    state: str
    reminders: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ReminderStop:
    """No reminder goes out: since when, until which day (None: until somebody lifts it), why, by whom."""

    on: date
    until: date | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """One document with everything that happened to it."""

    row: InvoiceRow
    paper: Paper
    party_id: int
    party_uuid: UUID
    party_email: str
    booking_uuids: tuple[UUID, ...]
    entries: tuple[EntryView, ...] = ()
    cancelled_by: str = ""
    cancelled_by_uuid: UUID | None = None
    cancels: str = ""
    cancels_uuid: UUID | None = None
    reason: str = ""
    stop: ReminderStop | None = None


@dataclass(frozen=True, slots=True)
class DepositView:
    """The deposit of one booking: what is due, what the town keeps now, what it kept for good."""

    booking_id: int
    booking_uuid: UUID
    booking_number: str
    booking_title: str
    party_name: str
    use_starts_at: datetime
    use_ends_at: datetime
    wanted: Money
    held: Money
    kept: Money
    returned: Money
    secured: Money = ZERO  # reserved on a card

    @property
    def missing(self) -> Money:
        """What is still to come; nothing once it went back or was kept."""
        there = self.held.cents + self.secured.cents
        left = self.wanted.cents - there - self.kept.cents - self.returned.cents
        return Money(max(left, 0))


@dataclass(frozen=True, slots=True)
class BookingMoney:
    """What stands open for one booking. ``invoices`` newest first, cancellations included."""

    invoices: tuple[InvoiceRow, ...] = ()
    deposit: DepositView | None = None
    entries: tuple[EntryView, ...] = ()

    @property
    def current(self) -> InvoiceRow | None:
        """The invoice that counts: not a cancellation, not cancelled."""
        live = [row for row in self.invoices if row.kind == "invoice" and not row.is_cancelled]
        return live[0] if live else None


@dataclass(frozen=True, slots=True)
class CountedSum:
    """How many, and what they come to."""

    count: int = 0
    amount: Money = ZERO


@dataclass(frozen=True, slots=True)
class TreasuryTotals:
    """The treasurer's numbers of today. ``credits`` are what the town owes back."""

    open: Money = ZERO
    overdue: Money = ZERO
    credits: Money = ZERO
    deposits_held: Money = ZERO
    open_count: int = 0
    overdue_count: int = 0
    credit_count: int = 0
    deposit_count: int = 0


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """What a list of invoices shows. ``state`` empty: everything; dates are of issue, both included.

    ``age``: open ones by how long they have been due, see ``queries.ages``.
    """

    state: str = ""
    age: str = ""
    text: str = ""
    first_on: date | None = None
    last_on: date | None = None
