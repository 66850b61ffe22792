"""What leaves the room: plans with prices, terms, a town's fee, its invoices, what a run would do."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from booking_core.kernel.money import ZERO, Money
from subscriptions.periods import Period


@dataclass(frozen=True, slots=True)
class Price:
    """What a plan costs net per interval from a day on; ``gross`` with tax."""

    id: int
    interval: str
    valid_from: date
    net: Money
    tax_percent: Decimal
    gross: Money


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan. ``prices``: all, newest first; ``yearly`` and ``monthly`` those in force on the day asked for."""

    id: int
    name: str
    name_en: str
    kinds: tuple[str, ...]
    population_from: int
    population_to: int | None
    is_offered: bool
    prices: tuple[Price, ...] = ()
    yearly: Price | None = None
    monthly: Price | None = None

    def fits(self, *, kind: str, population: int | None) -> bool:
        """Whether a town of this kind and size may take it; a size nobody named fits the smallest plans only."""
        if self.kinds and kind not in self.kinds:
            return False
        size = population or 0
        return self.population_from <= size and (self.population_to is None or size <= self.population_to)

    def price_for(self, interval: str) -> Price | None:
        """The price in force for this interval."""
        return self.yearly if interval == "year" else self.monthly


@dataclass(frozen=True, slots=True)
class Terms:
    """The operators' terms. ``is_complete``: invoices can be written."""

    trial_days: int = 90
    grace_days: int = 30
    payment_days: int = 30
    reminder_days: tuple[int, ...] = (14, 14, 14)
    read_only_days: int = 14
    tax_status: str = "regular"
    seller_name: str = ""
    seller_street: str = ""
    seller_postal_code: str = ""
    seller_city: str = ""
    seller_contact: str = ""
    seller_email: str = ""
    seller_phone: str = ""
    seller_register_id: str = ""
    tax_number: str = ""
    vat_id: str = ""
    creditor_name: str = ""
    iban: str = ""
    bic: str = ""
    bank_name: str = ""
    number_prefix: str = "BV"
    closing_text: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.seller_name and self.creditor_name and self.iban)


@dataclass(frozen=True, slots=True)
class Billing:
    """Where a town's invoices go. ``leitweg_id`` turns them into XRechnung."""

    name: str
    unit: str
    street: str
    postal_code: str
    city: str
    email: str
    leitweg_id: str


@dataclass(frozen=True, slots=True)
class FeeInvoiceRow:
    """One document. ``state``: open, overdue, paid, waived, cancelled, cancellation."""

    uuid: UUID
    kind: str
    number: str
    tenant_id: int
    town: str
    plan_name: str
    period: Period
    issued_on: date
    due_on: date
    gross: Money
    open: Money
    state: str
    reminders: int = 0
    reminded_on: date | None = None
    read_only_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeeEntryView:
    """One movement as the operators' page shows it."""

    uuid: UUID
    kind: str
    kind_label: str
    amount: Money
    valued_on: date
    text: str
    at: datetime
    actor_label: str
    invoice_number: str
    can_be_reversed: bool


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A town's subscription as it stands. ``state``: trial, trial_over, ordered, leaving, left."""

    tenant_id: int
    town: str
    kind: str
    population: int | None
    standing: str
    cause: str
    read_only_on: date | None
    state: str
    plan: PlanView | None
    interval: str
    next_plan: PlanView | None
    next_interval: str
    trial_ends_on: date
    trial_days_left: int
    starts_on: date | None
    ends_on: date | None
    ordered_at: datetime | None
    ordered_by: str
    billing: Billing
    open: Money = ZERO
    way: str = "transfer"
    stripe_state: str = ""
    has_stripe: bool = False

    @property
    def is_ordered(self) -> bool:
        return self.ordered_at is not None


@dataclass(frozen=True, slots=True)
class OnlineInvoice:
    """An invoice Stripe wrote and sent. ``url``: where it is seen and paid; ``state`` as Stripe calls it."""

    number: str
    period: Period
    gross: Money
    open: Money
    due_on: date | None
    state: str
    url: str
    pdf_url: str


@dataclass(frozen=True, slots=True)
class DueFee:
    """One invoice a run would write. ``obstacle`` says in a sentence why it cannot; "" where it can."""

    tenant_id: int
    town: str
    period: Period
    plan_name: str
    net: Money
    gross: Money
    tax_percent: Decimal = Decimal(0)
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder a run would send. ``read_only_on`` is named by the last one only."""

    invoice: FeeInvoiceRow
    step: int
    steps: int
    read_only_on: date | None


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run did: documents or letters made, sentences where it could not, how many are left for a worker."""

    done: int
    refused: tuple[str, ...] = ()
    left: int = 0
