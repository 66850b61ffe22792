"""How the town wants to be paid, as a value."""

from datetime import date

from django.utils.translation import gettext as _

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import Exemption, TaxPeriod, TaxStatus
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.finance.errors import NotSetUp
from booking_core.finance.models import FinanceProfile
from booking_core.finance.paper.content import PaperParty
from booking_core.kernel.money import Money
from tenants.context import current_tenant


def finance_profile() -> ProfileView | None:
    """The town's profile; None until the treasurer has filled it in. One statement."""
    row = FinanceProfile.objects.first()
    return profile_view(row) if row is not None else None


def required_profile() -> ProfileView:
    """The town's profile. Raises NotSetUp."""
    profile = finance_profile()
    if profile is None:
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    return profile


def profile_view(row: FinanceProfile) -> ProfileView:
    """The row as a value."""
    return ProfileView(
        creditor_name=row.creditor_name,
        iban=row.iban,
        bic=row.bic,
        bank_name=row.bank_name,
        tax_number=row.tax_number,
        vat_id=row.vat_id,
        tax_periods=tuple(
            TaxPeriod(
                date.fromisoformat(one["from"]),
                TaxStatus(one["status"]),
                Exemption(one["exemption"]),
                one.get("keeps_prices", False),
            )
            for one in row.tax_periods
        ),
        invoice_moment=row.invoice_moment,
        accepts_transfer=row.accepts_transfer,
        accepts_on_site=row.accepts_on_site,
        payment_days=row.payment_days,
        number_prefix=row.number_prefix,
        reference_scheme=Scheme(row.reference_scheme),
        reference_prefix=row.reference_prefix,
        reminder_steps=tuple(
            ReminderStep(one["days"], Money(one["fee_cents"])) for one in row.reminder_steps
        ),
        closing_text=row.closing_text,
        creditor_id=row.creditor_id,
        second_person_from=(
            Money(row.second_person_from_cents) if row.second_person_from_cents is not None else None
        ),
        fees_online=row.fees_online,
        deposit_online=row.deposit_online,
        pays_first=row.pays_first,
    )


def seller_of(profile: ProfileView) -> PaperParty:
    """The town as it stands on its papers."""
    town = current_tenant()
    return PaperParty(
        name=town.official_name,
        street=town.street,
        postal_code=town.postal_code,
        city=town.city,
        email=town.contact_email,
        phone=town.contact_phone,
        contact=town.contact_name,
        register_id=town.municipality_key or town.slug,
        tax_number=profile.tax_number,
        vat_id=profile.vat_id,
    )
