"""A partnership that asks for a fee, and towns in every state of it, for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from booking_core.identity.contracts import Actor
from booking_core.kernel.money import Money
from subscriptions.contracts import Billing, FeeInvoiceRow, PlanView, Terms
from subscriptions.queries.invoices import invoices_of
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts, dunning, invoicing, ledger
from subscriptions.services.accounts import PlanChoice
from subscriptions.services.ledger import Payment
from subscriptions.services.plans import NewPrice, PlanFacts, add_price, save_plan, save_terms

TODAY = date(2027, 3, 10)
OLGA = Actor("Olga Operator", by_staff=True)
TERMS = Terms(
    trial_days=90, grace_days=30, payment_days=30, reminder_days=(7, 14), read_only_days=14, tax_status="regular",
    seller_name="Verbund Biletado eG", seller_street="Am Hafen 3", seller_postal_code="24103", seller_city="Kiel",
    seller_contact="Geschäftsstelle", seller_email="kasse@verbund.example", seller_phone="0431 1234",
    seller_register_id="GnR 123", tax_number="20/123/45678", vat_id="DE123456789", creditor_name="Verbund Biletado eG",
    iban="DE02120300000000202051", number_prefix="BV",
)  # fmt: skip
ADDRESS = Billing(
    "Gemeinde Musterstadt",
    "Kämmerei",
    "Am Markt 1",
    "24392",
    "Musterstadt",
    "kaemmerei@musterstadt.example",
    "",
)


def at(day: date) -> datetime:
    """Noon of a day, in UTC."""
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def set_up_terms(**changes: object) -> Terms:
    return save_terms(replace(TERMS, **changes), actor=OLGA)  # type: ignore[arg-type]  # fields by name


def make_plan(
    name: str = "Klein", *, yearly: int | None = 100_000, monthly: int | None = None, percent: int = 19,
    valid_from: date = date(2020, 1, 1), **facts: object,
) -> PlanView:  # fmt: skip
    """A plan with net prices in cents."""
    made = save_plan(PlanFacts(name, **facts), actor=OLGA, today=TODAY)  # type: ignore[arg-type]  # by name
    for interval, cents in (("year", yearly), ("month", monthly)):
        if cents is not None:
            price = NewPrice(interval, valid_from, Money(cents), Decimal(percent))
            made = add_price(made.id, price, actor=OLGA, today=TODAY)
    return made


def start_trial(tenant_id: int, *, on: date = TODAY) -> None:
    accounts.open_subscription(tenant_id, today=on)
    accounts.set_billing(tenant_id, ADDRESS, actor=OLGA, now=at(on))


def order(tenant_id: int, plan: PlanView, *, on: date = TODAY, interval: str = "year") -> None:
    accounts.order(tenant_id, PlanChoice(plan.id, interval), actor=Actor("Chris Chefin"), now=at(on))


def ordered_town(
    tenant_id: int, plan: PlanView | None = None, *, on: date = TODAY, interval: str = "year"
) -> PlanView:
    """Terms, a plan, and a town that ordered it after its trial; it costs something from ``on``."""
    set_up_terms()
    plan = plan or make_plan()
    start_trial(tenant_id, on=on - timedelta(days=TERMS.trial_days))
    order(tenant_id, plan, on=on, interval=interval)
    return plan


def issue(*, on: date = TODAY, until: date | None = None) -> int:
    return invoicing.issue_due(until=until or on, actor=OLGA, now=at(on)).done


def newest(tenant_id: int, *, on: date = TODAY) -> FeeInvoiceRow:
    return invoices_of(tenant_id, today=on)[0]


def remind(*, on: date) -> int:
    return dunning.send_due_reminders(actor=OLGA, now=at(on)).done


def pay(invoice: FeeInvoiceRow, *, on: date, cents: int | None = None) -> None:
    amount = Money(cents if cents is not None else invoice.open.cents)
    ledger.record_payment(invoice.uuid, Payment(amount, on, uuid4()), actor=OLGA, now=at(on))


def make_read_only(tenant_id: int) -> date:
    """Ordered, billed, never paid, reminded twice, the named day reached; that day."""
    ordered_town(tenant_id)
    issue()
    due = newest(tenant_id).due_on
    first = due + timedelta(days=7)
    second = first + timedelta(days=14)
    remind(on=first)
    remind(on=second)
    named = second + timedelta(days=TERMS.read_only_days)
    accounts.look_after(tenant_id, now=at(named))
    assert subscription_of(tenant_id, today=named).standing == "read_only"
    return named
