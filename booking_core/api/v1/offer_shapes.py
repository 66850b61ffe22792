"""Shapes of what can be booked: an offer and where it is.

Not here: when it is free, what everything else shares (``serializers``).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from booking_core.api.v1.serializers import KINDS


class LocationSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    address = serializers.CharField()


class ResourceSerializer(serializers.Serializer[Any]):
    about = _("Ein veröffentlichtes Angebot. „most_pieces“ über 1 heißt: es wird in Stück gebucht.")

    uuid = serializers.UUIDField()
    slug = serializers.CharField(help_text=_("Name in der Adresse der Seite: /raum/<slug>/"))
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    location = LocationSerializer()
    summary = serializers.CharField()
    description = serializers.CharField()
    capacity = serializers.IntegerField(allow_null=True)
    area_m2 = serializers.IntegerField(allow_null=True)
    amenities = serializers.ListField(child=serializers.CharField())
    accessibility = serializers.ListField(child=serializers.CharField())
    audience = serializers.ChoiceField(
        choices=["public", "residents", "organisations"], help_text=_("Wer buchen darf")
    )
    grid_minutes = serializers.IntegerField(help_text=_("Anfänge liegen auf diesem Raster"))
    min_minutes = serializers.IntegerField()
    max_minutes = serializers.IntegerField()
    most_pieces = serializers.IntegerField()
    house_rules = serializers.CharField(
        help_text=_("Leer oder die Hausordnung, der beim Buchen zugestimmt wird")
    )
