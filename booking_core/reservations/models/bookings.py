"""Bookings, the things in them, and their history.

Not here: deciding whether a booking is allowed (``engines.ordinance``), what is taken (``models.occupancy``).
"""

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.models import Resource
from booking_core.identity.models import Party, User
from booking_core.ordinances.models import OrdinanceVersion


class BookingState(models.TextChoices):
    REQUESTED = "requested", _("angefragt")
    CONFIRMED = "confirmed", _("bestätigt")
    DECLINED = "declined", _("abgelehnt")
    CANCELLED = "cancelled", _("storniert")


class BookingSource(models.TextChoices):
    SITE = "site", _("Webseite")
    STAFF = "staff", _("Verwaltung")
    API = "api", _("Schnittstelle")


class Booking(models.Model):
    """A request or agreement to use resources at a time, at the price it was quoted with.

    Contact data are a copy: the party may change later, the booking does not. ``quote`` is the engine's full
    derivation (``quote_to_data``); the cents beside it are its totals, for lists and sums. ``priced_requests`` are
    what the engine was asked (``request_to_data``); None for bookings without an ordinance and those from before.
    ``question_at`` is set while a clerk's question waits for an answer. ``pay_by`` is set while a request waits for its
    payment, and stays on one that was cancelled because none came. ``sequence`` is the calendar file's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bookings")
    booked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="bookings")
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.REQUESTED)
    source = models.CharField(max_length=6, choices=BookingSource.choices, default=BookingSource.SITE)
    title = models.CharField(max_length=120)
    title_is_public = models.BooleanField(default=False, db_default=False, help_text="The party agreed")
    purpose = models.CharField(max_length=60, blank=True)
    customer_group = models.CharField(max_length=60, blank=True)
    persons = models.PositiveIntegerField(null=True, blank=True)
    extras = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    staff_note = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="de")

    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField(max_length=254)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_street = models.CharField(max_length=200, blank=True)
    contact_postal_code = models.CharField(max_length=10, blank=True)
    contact_city = models.CharField(max_length=100, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)

    ordinance_version = models.ForeignKey(
        OrdinanceVersion, null=True, on_delete=models.PROTECT, related_name="bookings"
    )
    quote = models.JSONField(default=dict)
    priced_requests = models.JSONField(null=True, blank=True)
    total_cents = models.BigIntegerField(default=0)
    deposit_cents = models.BigIntegerField(default=0)
    cancellation_cents = models.BigIntegerField(null=True, blank=True, help_text="Fee owed after cancelling")
    currency = models.CharField(max_length=3, default="EUR")

    requested_at = models.DateTimeField()
    house_rules_accepted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decision_reason = models.CharField(max_length=1000, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    question_at = models.DateTimeField(null=True, blank=True)
    pay_by = models.DateTimeField(null=True, blank=True, help_text="Kept until then for its payment")
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="Counts writes; compare-and-swap")

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [
            models.Index(fields=["state", "requested_at"], name="booking_inbox"),
            models.Index(fields=["contact_email"], name="booking_contact_email"),
            models.Index(
                fields=["pay_by"], condition=Q(state="requested", pay_by__isnull=False), name="booking_unpaid"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="booking_state_is_known"),
            models.CheckConstraint(
                condition=Q(total_cents__gte=0, deposit_cents__gte=0), name="booking_amounts_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="booking_cancelled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(pay_by__isnull=True) | Q(state__in=["requested", "cancelled"]),
                name="booking_waits_for_payment_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Attendance(models.TextChoices):
    UNKNOWN = "", _("nicht vermerkt")
    USED = "used", _("genutzt")
    UNUSED = "unused", _("nicht genutzt")


class BookingItem(models.Model):
    """One resource for one span inside a booking; ``span`` is the use itself, without buffers.

    ``slot`` names the date of a series for good: its day by the rule, kept when the date moves. ``attendance`` is
    what the caretaker saw.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="booking_items")
    span = DateTimeRangeField()
    quantity = models.PositiveIntegerField(default=1)
    slot = models.CharField(max_length=10, blank=True, default="", db_default="")
    attendance = models.CharField(
        max_length=6, blank=True, choices=Attendance.choices, default=Attendance.UNKNOWN, db_default=""
    )

    class Meta:
        ordering = ["span", "resource_id"]
        indexes = [models.Index(fields=["resource"], name="booking_item_resource")]
        constraints = [
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__lower_inf=False, span__upper_inf=False),
                name="booking_item_span_is_bounded",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="booking_item_takes_something"),
            models.CheckConstraint(
                condition=Q(attendance__in=Attendance.values), name="booking_item_attendance_is_known"
            ),
            models.UniqueConstraint(
                fields=["booking", "slot", "resource"],
                condition=~Q(slot=""),
                name="booking_item_once_per_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.resource_id}"


class BookingEvent(models.Model):
    """One line of a booking's history: what happened, who did it, the words that went with it."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_label = models.CharField(max_length=254)
    by_staff = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.kind}"
