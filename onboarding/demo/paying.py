"""How two demo towns are paid: Borgstedt by card, debit and transfer, Nußbaum without Stripe. All data are invented.

Not here: bookings (``populating``). The account is filled in on the provider's own page, as a treasurer would; without
a provider (tests, another start) the town is simply paid by transfer.
"""

import contextlib
import http.client
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.contracts import InvoiceView, ProfileView, ReminderStep
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.services.deposits import take_deposit
from booking_core.finance.services.ledger import Movement, record_payment
from booking_core.finance.services.profile import OnlineWays, choose_online_ways, save_profile
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingFilter
from booking_core.reservations.queries import booking_by_uuid, booking_rows
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.payments.connecting import connect, refresh_account
from onboarding.demo.contracts import DemoTown
from onboarding.demo.founding import BUILDER
from tenants.stripe_accounts import connected_account

PAID_ONLINE = frozenset({"borgstedt"})
PAID_AT_ALL = PAID_ONLINE | {"nussbaum"}
_BILLED_AHEAD, _BILLED_BACK = 3, 8
_LOOKS_BACK = timedelta(days=60)
_IBAN = "DE02120300000000202051"  # a bank's published example


def set_up_money(town: DemoTown) -> None:
    """Say how the town wants to be paid. What somebody chose meanwhile stays. Call standing in the town."""
    slug = town.plan.slug
    if slug in PAID_AT_ALL and finance_profile() is None:
        save_profile(_profile(town), actor=BUILDER)
        _bill_and_collect()
    if slug in PAID_ONLINE and settings.STRIPE_API_BASE and connected_account() is None:
        _connect()


def _profile(town: DemoTown) -> ProfileView:
    return ProfileView(
        creditor_name=town.plan.official_name[:70],
        iban=_IBAN,
        bic="",
        bank_name="",
        tax_number="",
        vat_id="",
        tax_periods=(TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE),),
        invoice_moment="confirmation",
        accepts_transfer=True,
        accepts_on_site=True,
        payment_days=14,
        number_prefix="R",
        reference_scheme=Scheme.RF,
        reference_prefix=town.plan.slug[:2].upper(),
        reminder_steps=(ReminderStep(7, Money(0)), ReminderStep(14, Money(500))),
    )


def _connect() -> None:
    url = connect(actor=BUILDER, return_to="backoffice_online_returned", again_at="backoffice_online_go_on")
    _fill_in(url, {"step": "submit", "iban": _IBAN})
    account = connected_account()
    if account is not None:
        refresh_account(account.account_id, now=timezone.now())
    choose_online_ways(OnlineWays(fees=True, deposit="hold"), actor=BUILDER)


def _fill_in(url: str, form: dict[str, str]) -> None:
    """What a treasurer's browser sends; the way back leads to a site that is not up yet, so it is not followed."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    with contextlib.closing(connection):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", address.path, urlencode(form), kind)
        connection.getresponse().read()


def _bill_and_collect() -> None:
    """What was used lately is billed and half of it paid, what comes next is billed; a treasurer finds all of it."""
    today = timezone.localdate()
    lately = BookingFilter(
        states=frozenset({"confirmed"}), first_on=today - _LOOKS_BACK, last_on=today - timedelta(days=1)
    )
    for number, row in enumerate(booking_rows(lately, per_page=_BILLED_BACK).rows):
        invoice = _billed(row.uuid)
        if invoice is not None and number % 2 == 0:
            came_in = _transfer(invoice.row.balance)
            record_payment(invoice.row.uuid, came_in, actor=BUILDER, now=timezone.now())
            _lodge(row.uuid)
    ahead = BookingFilter(states=frozenset({"confirmed"}), first_on=today)
    for row in booking_rows(ahead, per_page=_BILLED_AHEAD).rows:
        _billed(row.uuid)


def _lodge(booking: UUID) -> None:
    missing = deposit_of(booking_by_uuid(booking, with_events=False).id).missing
    if missing.cents > 0:
        take_deposit(booking, _transfer(missing), actor=BUILDER, now=timezone.now())


def _billed(booking: UUID) -> InvoiceView | None:
    """The booking's invoice; None where it is billed already, or free."""
    try:
        return bill_booking(booking, actor=BUILDER)
    except BookingError:
        return None


def _transfer(amount: Money) -> Movement:
    return Movement(amount=amount, way="transfer", valued_on=timezone.localdate(), key=uuid4(), text="")
