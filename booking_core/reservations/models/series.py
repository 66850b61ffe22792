"""Series and the waiting list.

Not here: the dates of a series that take place: they are the items of its booking (``models.bookings``).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.models import Resource
from booking_core.identity.models import User
from booking_core.reservations.models.bookings import Booking


class Series(models.Model):
    """What makes a booking a series: its rule, and the dates of the rule that do not take place.

    Dates that take place are items like any other, so an item always holds its time. ``away`` is a list of
    ``contracts.AwayDate`` as plain JSON: left out from the start, cancelled, released; each can be restored.
    ``confirm_by`` is set while the club is asked whether it goes on. ``reminded_through``: the last day whose dates
    were announced by mail. ``unused_asked_at``: when the club was asked about dates it did not use.
    """

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="series")
    rule = models.JSONField()
    away = models.JSONField(default=list)
    confirm_by = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reminded_through = models.DateField(null=True, blank=True)
    wants_reminders = models.BooleanField(default=True)
    unused_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["booking_id"]
        constraints = [
            models.CheckConstraint(condition=Q(rule__has_key="first_on"), name="series_rule_has_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}"


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("wartet")
    OFFERED = "offered", _("angeboten")
    BOOKED = "booked", _("gebucht")
    LAPSED = "lapsed", _("Angebot nicht angenommen")
    LEFT = "left", _("ausgetragen")
    OVER = "over", _("Zeit vorbei")


class WaitingEntry(models.Model):
    """Someone who would like a time that is taken. ``hold_uuid`` is the hold that keeps it while it is offered.

    ``wish`` is plain JSON (``workflows.wishes``). ``priority`` is the ordinance's, lower comes first.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="waiting_entries")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wish = models.JSONField()
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=5, default="de")
    priority = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=WaitingState.choices, default=WaitingState.WAITING)
    asked_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True)
    hold_uuid = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["priority", "asked_at", "id"]
        indexes = [models.Index(fields=["state", "starts_at"], name="waiting_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WaitingState.values), name="waiting_state_is_known"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")), name="waiting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(hold_uuid__isnull=False, offered_until__isnull=False),
                name="waiting_offer_has_hold",
            ),
            models.UniqueConstraint(
                fields=["resource", "starts_at", "ends_at", "email"],
                condition=Q(state__in=["waiting", "offered"]),
                name="waiting_once_per_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.starts_at}"
