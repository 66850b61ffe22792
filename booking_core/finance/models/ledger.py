"""The ledger: every movement of money with who, when and why. Entries are only added; balances are their sum.

Not here: documents (``models.documents``).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.finance.models.documents import Invoice
from booking_core.identity.models import Party, User
from booking_core.reservations.models import Booking


class EntryKind(models.TextChoices):
    """What moved. In the fee account plus means owed to the town, minus means paid or taken back.

    In the deposit account plus means the town keeps money for somebody, minus means it no longer does.
    """

    CHARGE = "charge", _("Rechnung")
    CANCELLATION = "cancellation", _("Storno")
    PAYMENT = "payment", _("Zahlung")
    REFUND = "refund", _("Erstattung")
    REMINDER = "reminder", _("Mahnung")
    WRITE_OFF = "write_off", _("Ausbuchung")
    MOVED = "moved", _("Umbuchung")
    DEPOSIT_IN = "deposit_in", _("Kaution erhalten")
    DEPOSIT_OUT = "deposit_out", _("Kaution zurückgezahlt")
    DEPOSIT_KEPT = "deposit_kept", _("Kaution einbehalten")
    REVERSAL = "reversal", _("Berichtigung")


class Way(models.TextChoices):
    """How money moved."""

    TRANSFER = "transfer", _("Überweisung")
    CASH = "cash", _("bar")
    CARD = "card", _("Karte vor Ort")
    ONLINE = "online", _("online")
    DEBIT = "debit", _("Lastschrift")
    DEPOSIT = "deposit", _("aus der Kaution")
    NONE = "none", _("ohne Zahlung")


class Account(models.TextChoices):
    FEE = "fee", _("Entgelt")
    DEPOSIT = "deposit", _("Kaution")
    CLEARING = "clearing", _("Durchlauf")  # came in for nothing, goes back as a whole


class LedgerEntry(models.Model):
    """One movement. ``key`` makes a repeated request harmless; ``reverses`` names the entry it corrects."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.CharField(max_length=8, choices=Account.choices)
    kind = models.CharField(max_length=14, choices=EntryKind.choices)
    amount_cents = models.BigIntegerField()
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ledger_entries")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.NONE)
    valued_on = models.DateField()
    text = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_label = models.CharField(max_length=254)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount_cents=0) | Q(kind="reminder"), name="finance_entry_moves_something"
            ),
            models.CheckConstraint(
                condition=Q(account="fee", invoice__isnull=False)
                | Q(account__in=["deposit", "clearing"], booking__isnull=False, invoice__isnull=True),
                name="finance_entry_has_its_account",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["charge", "refund", "deposit_in"], amount_cents__gt=0)
                | Q(
                    kind__in=["cancellation", "payment", "write_off", "deposit_out", "deposit_kept"],
                    amount_cents__lt=0,
                )
                | Q(kind="reminder", amount_cents__gte=0)
                | Q(kind__in=["moved", "reversal"]),
                name="finance_entry_points_the_right_way",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | ~Q(kind="reversal") & Q(reverses__isnull=True),
                name="finance_only_reversals_reverse",
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(kind="charge"), name="finance_invoice_charged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"
