"""A town that wants to be paid, and movements of money, for tests.

Not here: bookings (``tests.factories.bookings``).
"""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.utils import timezone

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.finance.services.ledger import Movement
from booking_core.finance.services.profile import save_profile
from booking_core.kernel.money import Money
from tests.factories.catalogue import CLERK

PROFILE = ProfileView(
    creditor_name="Gemeinde Musterstadt", iban="DE02 1203 0000 0000 2020 51", bic="", bank_name="", tax_number="",
    vat_id="", tax_periods=(TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE),), invoice_moment="manual",
    accepts_transfer=True, accepts_on_site=False, payment_days=14, number_prefix="R", reference_scheme=Scheme.RF,
    reference_prefix="BK", reminder_steps=(ReminderStep(7, Money(0)), ReminderStep(14, Money(500))),
)  # fmt: skip


def set_up(**changes: object) -> ProfileView:
    return save_profile(replace(PROFILE, **changes), actor=CLERK)  # type: ignore[arg-type]  # fields by name


def movement(cents: int, **changes: object) -> Movement:
    usual = Movement(Money(cents), "transfer", timezone.localdate(), uuid4())
    return replace(usual, **changes)  # type: ignore[arg-type]  # fields by name
