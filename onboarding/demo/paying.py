"""How two demo towns are paid: Borgstedt by card, debit and transfer, Nußbaum without Stripe. All data are invented.

Not here: bookings (``populating``). The account is filled in on the provider's own page, as a treasurer would; without
a provider (tests, another start) the town is simply paid by transfer.
"""

import contextlib
import http.client
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.services.profile import OnlineWays, choose_online_ways, save_profile
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingFilter
from booking_core.reservations.queries import booking_rows
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.payments.connecting import connect, refresh_account
from onboarding.demo.contracts import DemoTown
from onboarding.demo.founding import BUILDER
from tenants.stripe_accounts import connected_account

PAID_ONLINE = frozenset({"borgstedt"})
PAID_AT_ALL = PAID_ONLINE | {"nussbaum"}
_BILLED = 3
_IBAN = "DE02120300000000202051"  # a bank's published example


def set_up_money(town: DemoTown) -> None:
    """Say how the town wants to be paid. What somebody chose meanwhile stays. Call standing in the town."""
    slug = town.plan.slug
    if slug in PAID_AT_ALL and finance_profile() is None:
        save_profile(_profile(town), actor=BUILDER)
        _bill_the_next()
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


def _bill_the_next() -> None:
    """A few bookings to come have their invoice, so that there is something to pay."""
    wanted = BookingFilter(states=frozenset({"confirmed"}), first_on=timezone.localdate())
    for row in booking_rows(wanted, per_page=_BILLED).rows:
        try:
            bill_booking(row.uuid, actor=BUILDER)
        except BookingError:  # billed already, or free
            continue
