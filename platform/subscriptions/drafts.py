"""From a due fee to what ``finance`` needs to write an invoice. Values in, values out.

Not here: the paper itself (``finance.services.drafting``), numbers and rows (``services.invoicing``).
"""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.payment_reference import Scheme
from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.contracts import DraftLine, InvoiceDraft, ProfileView
from booking_core.finance.paper.content import PaperParty
from design_system.templatetags.formats import long_date
from subscriptions.contracts import Billing, DueFee, Terms

LANGUAGE = "de"  # of invoices between public bodies


def draft_of(due: DueFee, billing: Billing) -> InvoiceDraft:
    """One line: the plan for its period."""
    with translation.override(LANGUAGE):
        return _draft(due, billing)


def _draft(due: DueFee, billing: Billing) -> InvoiceDraft:
    period = _("%(first)s bis %(last)s") % {
        "first": long_date(due.period.first_on),
        "last": long_date(due.period.last_on),
    }
    return InvoiceDraft(
        party_id=0,
        buyer=PaperParty(
            name=billing.name,
            second_name=billing.unit,
            street=billing.street,
            postal_code=billing.postal_code,
            city=billing.city,
            email=billing.email,
        ),
        language=LANGUAGE,
        subject=_("Teilnahme an Biletado: %(town)s") % {"town": due.town},
        lines=(
            DraftLine(
                label=_("Tarif „%(plan)s“") % {"plan": due.plan_name},
                cents=due.net.cents,
                booking_id=None,
                booking_number="",
                detail=period,
                percent=due.tax_percent or None,
                is_gross=False,
            ),
        ),
        supply_first_on=due.period.first_on,
        supply_last_on=due.period.last_on,
        expected_cents=due.gross.cents,
        buyer_reference=billing.leitweg_id,
    )


def profile_of(rules: Terms) -> ProfileView:
    """How the partnership wants to be paid: by transfer."""
    return ProfileView(
        creditor_name=rules.creditor_name,
        iban=rules.iban,
        bic=rules.bic,
        bank_name=rules.bank_name,
        tax_number=rules.tax_number,
        vat_id=rules.vat_id,
        tax_periods=(TaxPeriod(date.min, TaxStatus(rules.tax_status)),),
        invoice_moment="manual",
        accepts_transfer=True,
        accepts_on_site=False,
        payment_days=rules.payment_days,
        number_prefix=rules.number_prefix,
        reference_scheme=Scheme.RF,
        reference_prefix=rules.number_prefix,
        closing_text=rules.closing_text,
    )


def seller_of(rules: Terms) -> PaperParty:
    """Who writes the invoice."""
    return PaperParty(
        name=rules.seller_name,
        street=rules.seller_street,
        postal_code=rules.seller_postal_code,
        city=rules.seller_city,
        email=rules.seller_email,
        phone=rules.seller_phone,
        contact=rules.seller_contact,
        register_id=rules.seller_register_id or rules.vat_id or rules.tax_number,
        tax_number=rules.tax_number,
        vat_id=rules.vat_id,
    )
