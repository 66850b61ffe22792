"""Shapes of requests and answers. Amounts are strings in euro, instants ISO 8601 with offset, spans half-open.

Not here: what the values mean (``contracts`` of the rooms).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from booking_core.kernel.spans import Span


class SpanSerializer(serializers.Serializer[Any]):
    """``[start, end)``."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"end": _("Das Ende muss nach dem Anfang liegen.")})
        return attrs


def span_of(data: dict[str, Any]) -> Span:
    """The span of validated data."""
    return Span(data["start"], data["end"])


class SpanQuerySerializer(SpanSerializer):
    """A span in the address; at most 62 days, so that an answer stays small."""

    longest_days = 62

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if (attrs["end"] - attrs["start"]).days > self.longest_days:
            raise serializers.ValidationError({"end": _("Fragen Sie höchstens 62 Tage auf einmal ab.")})
        return attrs


class LocationSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    address = serializers.CharField()


class ResourceSerializer(serializers.Serializer[Any]):
    """A published resource. ``most_pieces`` above 1: it is booked by number."""

    uuid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    location = LocationSerializer()
    summary = serializers.CharField()
    description = serializers.CharField()
    capacity = serializers.IntegerField(allow_null=True)
    area_m2 = serializers.IntegerField(allow_null=True)
    amenities = serializers.ListField(child=serializers.CharField())
    accessibility = serializers.ListField(child=serializers.CharField())
    audience = serializers.CharField()
    grid_minutes = serializers.IntegerField()
    min_minutes = serializers.IntegerField()
    max_minutes = serializers.IntegerField()
    most_pieces = serializers.IntegerField()


class FreeTimesSerializer(serializers.Serializer[Any]):
    """The free stretches inside the span asked for."""

    resource = serializers.UUIDField()
    free = SpanSerializer(many=True)


class WishSerializer(serializers.Serializer[Any]):
    """What to price or book. Group, purpose, extras and facts are ids of the town's ordinance."""

    resources = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=20)
    spans = SpanSerializer(many=True, min_length=1, max_length=60)
    quantity = serializers.IntegerField(min_value=1, max_value=100_000, default=1)
    group = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    purpose = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    persons = serializers.IntegerField(
        min_value=1, max_value=100_000, required=False, allow_null=True, default=None
    )
    extras = serializers.DictField(
        child=serializers.DecimalField(max_digits=10, decimal_places=3, min_value=0),
        required=False,
        default=dict,
    )
    facts = serializers.DictField(
        child=serializers.CharField(max_length=200),
        required=False,
        default=dict,
        help_text="Fragen-Id zu Antwort",
    )


class PriceLineSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()
    quantity = serializers.CharField()
    unit = serializers.CharField()
    unit_price = serializers.CharField()
    amount = serializers.CharField()
    after_use = serializers.BooleanField()
    paragraph = serializers.CharField()
    explanation = serializers.CharField()


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    paragraph = serializers.CharField()


class QuoteSerializer(serializers.Serializer[Any]):
    """The ordinance's answer. Without an ordinance in force ``outcome`` is ``needs_decision`` and nothing is priced."""

    outcome = serializers.CharField()
    currency = serializers.CharField()
    total = serializers.CharField(allow_null=True)
    deposit = serializers.CharField(allow_null=True)
    lines = PriceLineSerializer(many=True)
    reasons = ReasonSerializer(many=True)


class ContactSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(max_length=254)
    phone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    street = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    postal_code = serializers.CharField(max_length=10, required=False, default="", allow_blank=True)
    city = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    organisation_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class BookingRequestSerializer(serializers.Serializer[Any]):
    """A booking to place. Send an ``Idempotency-Key`` header with it."""

    wish = WishSerializer()
    contact = ContactSerializer()
    title = serializers.CharField(max_length=120)
    message = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    language = serializers.ChoiceField(choices=["de", "en"], default="de")
    house_rules_accepted = serializers.BooleanField(default=False)

    default_error_messages = {"invalid": gettext_lazy("Erwartet wird ein JSON-Objekt.")}


class BookingItemSerializer(serializers.Serializer[Any]):
    resource = serializers.CharField()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    quantity = serializers.IntegerField()


class BookingSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=["requested", "confirmed", "declined", "cancelled"])
    title = serializers.CharField()
    items = BookingItemSerializer(many=True)
    total = serializers.CharField()
    deposit = serializers.CharField()
    currency = serializers.CharField()
    requested_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class CancelSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
