"""A town that takes cards, with bookings that cost something: the stage of the payment tests.

Not here: what is tested (``test_payments_*``). Everything happens at the machine's own time; uses lie in 2031.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.models import LedgerEntry, Payment
from booking_core.finance.queries.payments import payment_by_uuid
from booking_core.finance.services.profile import OnlineWays, choose_online_ways
from booking_core.identity.contracts import Actor
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.payments.connecting import refresh_account
from booking_core.workflows.payments.reconciling import settle_payments
from booking_core.workflows.payments.starting import begin_payment
from infra.stripe_stand_in.webhooks import Delivery
from tenants.context import current_tenant
from tenants.models import Tenant
from tenants.stripe_accounts import remember_account
from tests.conftest import MAIN_HOST, client_of_host
from tests.factories.finance import set_up
from tests.integration.workflows.conftest import CLERK, House, place
from tests.stripe_stand_in import Stripe

ERIKA = Actor("Erika Mustermann")


def connect_town(stripe: Stripe, *, deposit: str = "", pays_first: bool = False, **profile: object) -> str:
    """The town in which the test stands gets an account that takes money; the account's name."""
    set_up(**profile)
    account = stripe.new_account()
    remember_account(account)
    refresh_account(account, now=timezone.now())
    choose_online_ways(OnlineWays(fees=True, deposit=deposit, pays_first=pays_first), actor=CLERK)
    return account


def waiting_booking(town: Tenant, house: House, **changes: object) -> BookingView:
    """A booking of 90 euro that becomes firm with its payment."""
    town.auto_confirm = True
    booking = place(house.wish(**changes), now=timezone.now())
    assert booking.waits_for_payment
    return booking


def billed_booking(house: House) -> BookingView:
    """A confirmed booking with an invoice over 90 euro and a deposit of 180."""
    made = place(house.wish(), now=timezone.now())
    confirm_booking(made.uuid, actor=CLERK, expected_version=made.version)
    bill_booking(made.uuid, actor=CLERK)
    return booking_by_uuid(made.uuid)


def begun(booking: BookingView, purpose: str = "fee", *, now: datetime | None = None) -> PaymentView:
    """Somebody clicks on "pay"."""
    return begin_payment(booking.uuid, purpose=purpose, actor=ERIKA, now=now or timezone.now())


def post(delivery: Delivery) -> int:
    """Stripe reports; the status we answer with."""
    standing_in = current_tenant()
    answer = client_of_host(MAIN_HOST).post(
        "/stripe/webhook/", delivery.body, content_type="application/json",
        headers={"Stripe-Signature": delivery.headers["Stripe-Signature"]},
    )  # fmt: skip
    connection.set_tenant(standing_in)  # type: ignore[attr-defined]  # the request ended in the public schema
    return int(answer.status_code)


@dataclass(frozen=True)
class Ending:
    """What is left when everything has come to rest: compared between all orders of messages."""

    booking: str
    payments: tuple[tuple[str, str, int], ...]
    entries: tuple[tuple[str, str, int], ...]
    balance: int


def ending(booking: UUID, *, apart_from: set[int]) -> Ending:
    """The end state of one booking, without ids and times, and without entries from before."""
    rows = Payment.objects.filter(booking__uuid=booking).order_by("kind", "id")
    entries = LedgerEntry.objects.exclude(pk__in=apart_from).order_by("account", "kind", "amount_cents")
    return Ending(
        booking=booking_by_uuid(booking).state,
        payments=tuple((row.kind, row.state, row.moved_cents or 0) for row in rows),
        entries=tuple(entries.values_list("account", "kind", "amount_cents")),
        balance=entries.aggregate(cents=Sum("amount_cents"))["cents"] or 0,
    )


def settle(*, later: int = 0) -> None:
    """What the scheduler does, some seconds from now."""
    settle_payments(now=timezone.now() + timedelta(seconds=later))


def fresh(payment: PaymentView) -> PaymentView:
    return payment_by_uuid(payment.uuid)
