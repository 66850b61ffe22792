"""Payments through a provider: every call that moves or reserves money has its row before it is made.

Not here: what they pay (``models.ledger``), the calls (``providers``).

    payment   started → open → processing → paid | failed | expired      (a debit is processing for days)
    hold      started → open → held → released | paid                    (paid: a part was captured)
    refund    started → processing → paid | failed                       (paid → failed: the bank sent it back)
    capture, release   started → paid | failed
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.finance.models.documents import Invoice
from booking_core.identity.models import Party, User
from booking_core.reservations.models import Booking


class PaymentKind(models.TextChoices):
    PAYMENT = "payment", _("Zahlung")
    HOLD = "hold", _("Reservierung")
    REFUND = "refund", _("Erstattung")
    CAPTURE = "capture", _("Einzug aus der Reservierung")
    RELEASE = "release", _("Freigabe der Reservierung")


class PaymentPurpose(models.TextChoices):
    FEE = "fee", _("Entgelt")
    DEPOSIT = "deposit", _("Kaution")


class PaymentState(models.TextChoices):
    """In order: a state is only ever followed by a later one (``services.payments``)."""

    STARTED = "started", _("begonnen")
    OPEN = "open", _("wartet auf Zahlung")
    PROCESSING = "processing", _("unterwegs")
    HELD = "held", _("reserviert")
    PAID = "paid", _("bezahlt")
    FAILED = "failed", _("gescheitert")
    EXPIRED = "expired", _("abgelaufen")
    RELEASED = "released", _("freigegeben")


class PaymentTrouble(models.TextChoices):
    """Why money that came in did not pay what it was meant for; it goes back by itself."""

    NONE = "", ""
    LATE = "late", _("zu spät: Die Zeit war schon vergeben")
    CLOSED = "closed", _("die Buchung war schon zu Ende")
    MISMATCH = "mismatch", _("Betrag oder Währung stimmen nicht")


class Payment(models.Model):
    """One call, with its idempotency key (``uuid``) and what was sent (``request``).

    ``account`` is the connected account it runs on; ``remote_ref`` the Checkout Session or refund, ``intent_ref`` the
    PaymentIntent. ``amount_cents`` is what was asked for, ``moved_cents`` what came of it, once that is known.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=PaymentKind.choices)
    purpose = models.CharField(max_length=8, choices=PaymentPurpose.choices)
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.STARTED)
    trouble = models.CharField(max_length=8, choices=PaymentTrouble.choices, blank=True, default="")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="payments")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="payments")
    account = models.CharField(max_length=64)
    amount_cents = models.BigIntegerField()
    moved_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    remote_ref = models.CharField(max_length=255, blank=True)
    intent_ref = models.CharField(max_length=255, blank=True)
    request = models.JSONField(default=dict)
    pay_url = models.TextField(blank=True)
    method_label = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_label = models.CharField(max_length=254)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["started", "open", "processing", "held"]),
                name="finance_payment_unsettled",
            ),
            models.Index(fields=["remote_ref"], name="finance_payment_remote"),
            models.Index(fields=["intent_ref"], name="finance_payment_intent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="finance_payment_moves_something"),
            models.CheckConstraint(
                condition=Q(state__in=PaymentState.values), name="finance_payment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False) | Q(invoice__isnull=False),
                name="finance_payment_is_for_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["payment", "hold"], parent__isnull=True)
                | Q(kind__in=["refund", "capture", "release"], parent__isnull=False),
                name="finance_payment_parent_fits_kind",
            ),
            models.UniqueConstraint(
                fields=["booking", "purpose"],
                condition=Q(kind__in=["payment", "hold"], state__in=["started", "open", "processing"]),
                name="finance_one_open_payment_per_booking",
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(kind="payment", state__in=["started", "open", "processing"]),
                name="finance_one_open_payment_per_invoice",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(kind__in=["capture", "release"]) & ~Q(state="failed"),
                name="finance_a_hold_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents} {self.state}"


class PaymentEvent(models.Model):
    """One line of a payment's history. ``event_id`` is the provider's: the same event counts once."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=500, blank=True)
    event_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 — our own lines have none
    actor_label = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.kind}"
