"""Orders to the town's bank: refunds and deposits that go back, debits with a mandate; grouped into runs.

A run is the orders with the same ``run``: one file for the bank. What the run was made of stands on each of its orders
and never changes, so the same file can be made again at any time. Not here: what moved (``models.ledger``).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booking_core.finance.models.documents import Invoice
from booking_core.finance.models.ledger import LedgerEntry
from booking_core.identity.models import Party
from booking_core.reservations.models import Booking


class OrderKind(models.TextChoices):
    REFUND = "refund", _("Erstattung")
    RETURN = "return", _("Rückgabe der Kaution")
    DEBIT = "debit", _("Lastschrift")


def _all_or_none(*names: str) -> Q:
    """Either all of these columns are set, or none."""
    return Q(**{f"{name}__isnull": False for name in names}) | Q(
        **{f"{name}__isnull": True for name in names}
    )


class BankOrder(models.Model):
    """One transfer or debit. ``creator``, ``run_creator`` and ``releaser`` are ids of accounts, kept when those go.

    ``run_limit_cents`` is the town's limit when the run was made: a run whose total is above it is executed only once
    somebody else has released it. ``returned_at``: the bank carried it out, and it came back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=6, choices=OrderKind.choices)
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_orders"
    )
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_orders"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bank_orders")
    amount_cents = models.BigIntegerField()
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    text = models.CharField(max_length=140)
    reason = models.CharField(max_length=500, blank=True)
    mandate_reference = models.CharField(max_length=35, blank=True)
    mandate_signed_on = models.DateField(null=True, blank=True)
    mandate_kind = models.CharField(max_length=4, blank=True)
    sequence = models.CharField(max_length=4, blank=True)
    created_at = models.DateTimeField()
    creator = models.BigIntegerField(null=True, blank=True)
    creator_label = models.CharField(max_length=254)

    run = models.UUIDField(null=True, blank=True)
    run_at = models.DateTimeField(null=True, blank=True)
    run_on = models.DateField(null=True, blank=True)
    run_creator = models.BigIntegerField(null=True, blank=True)
    run_creator_label = models.CharField(max_length=254, blank=True)
    run_total_cents = models.BigIntegerField(null=True, blank=True)
    run_limit_cents = models.BigIntegerField(null=True, blank=True)
    town_name = models.CharField(max_length=70, blank=True)
    town_iban = models.CharField(max_length=34, blank=True)
    town_bic = models.CharField(max_length=11, blank=True)
    town_creditor_id = models.CharField(max_length=35, blank=True)

    releaser = models.BigIntegerField(null=True, blank=True)
    releaser_label = models.CharField(max_length=254, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    executed_at = models.DateTimeField(null=True, blank=True)
    executor_label = models.CharField(max_length=254, blank=True)
    entry = models.OneToOneField(
        LedgerEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_order"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run"], name="finance_order_run", condition=Q(run__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["refund", "debit"], invoice__isnull=False, booking__isnull=True)
                | Q(kind="return", invoice__isnull=True, booking__isnull=False),
                name="finance_order_has_its_source",
            ),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="finance_order_moves_something"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(executed_at__isnull=False),
                name="finance_only_executed_orders_return",
            ),
            models.CheckConstraint(condition=~Q(iban="") & ~Q(holder=""), name="finance_order_has_account"),
            models.CheckConstraint(
                condition=~Q(kind="debit")
                | ~Q(mandate_reference="")
                & Q(
                    mandate_signed_on__isnull=False,
                    mandate_kind__in=["CORE", "B2B"],
                    sequence__in=["FRST", "RCUR", "OOFF"],
                ),
                name="finance_debit_has_mandate",
            ),
            models.CheckConstraint(
                condition=_all_or_none("run", "run_at", "run_on", "run_creator", "run_total_cents"),
                name="finance_order_run_is_whole",
            ),
            models.CheckConstraint(
                condition=_all_or_none("releaser", "released_at"), name="finance_order_release_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(releaser__isnull=True)
                | ~Q(releaser=F("run_creator")) & (Q(creator__isnull=True) | ~Q(releaser=F("creator"))),
                name="finance_order_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(executed_at__isnull=True)
                | Q(run__isnull=False, entry__isnull=False)
                & (
                    Q(run_limit_cents__isnull=True)
                    | Q(run_total_cents__lte=F("run_limit_cents"))
                    | Q(releaser__isnull=False)
                ),
                name="finance_order_released_first",
            ),
            models.CheckConstraint(
                condition=Q(executed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="finance_order_ends_once",
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(invoice__isnull=False, executed_at__isnull=True, withdrawn_at__isnull=True),
                name="finance_one_open_order_per_invoice",
            ),
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(booking__isnull=False, executed_at__isnull=True, withdrawn_at__isnull=True),
                name="finance_one_open_order_per_deposit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"
