"""How the town wants to be paid and what stands on its invoices: one row, made by the treasurer.

Not here: single invoices (``models.documents``).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InvoiceMoment(models.TextChoices):
    """When an invoice writes itself."""

    CONFIRMATION = "confirmation", _("mit der Bestätigung der Buchung")
    SETTLEMENT = "settlement", _("nach der Nutzung, mit der Abrechnung")
    MANUAL = "manual", _("nie von selbst, nur auf Knopfdruck")


class DepositOnline(models.TextChoices):
    """How a deposit is taken online."""

    OFF = "", _("gar nicht")
    PAYMENT = "payment", _("eingezogen und danach zurückgezahlt")
    HOLD = "hold", _("auf der Karte reserviert, wo sieben Tage reichen; sonst eingezogen")


class FinanceProfile(models.Model):
    """The one row of a town: creditor, bank account, terms, tax, numbering. Payment by transfer needs an IBAN.

    ``tax_periods``: list of {from, status, exemption}, see ``engines.tax``. ``reminder_steps``: list of
    {days, fee_cents}, days after the due date or the reminder before. Refunds above ``second_person_from_cents`` need a
    second person (None: none does). No entry lies on or before ``closed_until``. ``csv_profiles`` and ``datev``: see
    ``exports.settings``; without a list of profiles the ready ones stand.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    creditor_name = models.CharField(max_length=70)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    bank_name = models.CharField(max_length=100, blank=True)
    tax_number = models.CharField(max_length=20, blank=True)
    vat_id = models.CharField(max_length=14, blank=True)
    tax_periods = models.JSONField(default=list)
    invoice_moment = models.CharField(
        max_length=12, choices=InvoiceMoment.choices, default=InvoiceMoment.MANUAL
    )
    accepts_transfer = models.BooleanField(default=True)
    accepts_on_site = models.BooleanField(default=False)
    fees_online = models.BooleanField(default=False, db_default=False)
    deposit_online = models.CharField(
        max_length=7, choices=DepositOnline.choices, blank=True, default=DepositOnline.OFF, db_default=""
    )
    pays_first = models.BooleanField(
        default=False, db_default=False, help_text="Bookings that confirm themselves do so once they are paid"
    )
    payment_days = models.PositiveSmallIntegerField(default=14)
    number_prefix = models.CharField(max_length=8, default="R")
    reference_scheme = models.CharField(max_length=5, default="rf")
    reference_prefix = models.CharField(max_length=8, blank=True)
    reminder_steps = models.JSONField(default=list)
    closing_text = models.CharField(max_length=500, blank=True)
    creditor_id = models.CharField(max_length=35, blank=True)
    second_person_from_cents = models.BigIntegerField(null=True, blank=True)
    closed_until = models.DateField(null=True, blank=True)
    csv_profiles = models.JSONField(null=True, blank=True)
    datev = models.JSONField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="finance_profile_only_one"),
            models.CheckConstraint(
                condition=Q(accepts_transfer=False) | ~Q(iban=""), name="finance_transfer_needs_iban"
            ),
            models.CheckConstraint(
                condition=Q(accepts_transfer=True) | Q(accepts_on_site=True), name="finance_some_way_to_pay"
            ),
            models.CheckConstraint(
                condition=Q(deposit_online__in=DepositOnline.values), name="finance_deposit_online_is_known"
            ),
            models.CheckConstraint(
                condition=Q(pays_first=False) | Q(fees_online=True), name="finance_paying_first_is_online"
            ),
            models.CheckConstraint(condition=Q(payment_days__lte=90), name="finance_payment_days"),
            models.CheckConstraint(
                condition=Q(second_person_from_cents__isnull=True) | Q(second_person_from_cents__gte=0),
                name="finance_second_person_limit",
            ),
            models.CheckConstraint(
                condition=Q(reference_scheme__in=["rf", "mod97", "mod10", "plain"]),
                name="finance_reference_scheme_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.creditor_name
