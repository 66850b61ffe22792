"""Shapes of the search: the questions in the address, the offers in the answer.

Not here: the shapes everything else shares (``serializers``).
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from booking_core.api.v1.fields import DayField, InstantField
from booking_core.api.v1.serializers import KINDS, SpanQuerySerializer, SpanSerializer
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES
from booking_core.workflows.search_contracts import MOST_ROOMS

_LONGEST_CHOICE = timedelta(days=190)
_HOURS = r"^([01]?\d|2[0-4]):[0-5]\d$"
_SEVERAL = _("Mehrfach möglich, dann muss alles zutreffen")


class OfferQuerySerializer(serializers.Serializer[Any]):
    """A fixed time (``start``, ``end``) or a choice of times (``from``, ``to`` and so on); without both, a list."""

    start = InstantField(required=False, help_text=_("Fester Beginn mit Abstand zu UTC; ein + wird zu %2B"))
    end = InstantField(required=False, help_text=_("Festes Ende"))
    weekday = serializers.MultipleChoiceField(
        choices=[str(day) for day in range(7)],
        required=False,
        help_text=_("Wochentage zur Wahl, 0 ist Montag"),
    )
    opens = serializers.RegexField(
        _HOURS, required=False, help_text=_("Frühestens um, nach der Uhr am Ort: 17:00")
    )
    closes = serializers.RegexField(_HOURS, required=False, help_text=_("Spätestens bis, zum Beispiel 22:00"))
    duration_minutes = serializers.IntegerField(
        min_value=5,
        max_value=62 * 1440,
        required=False,
        help_text=_("Wie lange; ohne Angabe die ganze Zeit von opens bis closes"),
    )
    q = serializers.CharField(
        max_length=80,
        default="",
        allow_blank=True,
        help_text=_("Suchwörter; Tippfehler und Umlaute werden verziehen"),
    )
    persons = serializers.IntegerField(min_value=1, max_value=100_000, required=False)
    quantity = serializers.IntegerField(min_value=1, max_value=100_000, default=1, help_text=_("Stückzahl"))
    rooms = serializers.IntegerField(
        min_value=1, max_value=MOST_ROOMS, default=1, help_text=_("So viele Räume zugleich im selben Haus")
    )
    max_price = serializers.DecimalField(
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("Höchster Preis in Euro für die Gruppe"),
    )
    group = serializers.CharField(max_length=60, default="", allow_blank=True)
    purpose = serializers.CharField(max_length=60, default="", allow_blank=True)
    kind = serializers.MultipleChoiceField(choices=KINDS, required=False)
    location = serializers.UUIDField(required=False, help_text=_("Nur an diesem Ort"))
    amenity = serializers.MultipleChoiceField(choices=list(AMENITIES), required=False, help_text=_SEVERAL)
    accessibility = serializers.MultipleChoiceField(
        choices=list(ACCESSIBILITY), required=False, help_text=_SEVERAL
    )
    page = serializers.IntegerField(
        min_value=1, max_value=100_000, default=1, help_text=_("Ab 1, je 50 Treffer")
    )

    def get_fields(self) -> dict[str, Any]:
        """``from`` is a word of Python."""
        choice = {
            "from": DayField(required=False, help_text=_("Erster Tag zur Wahl; ohne Angabe heute")),
            "to": DayField(required=False, help_text=_("Letzter Tag zur Wahl")),
        }
        return {**super().get_fields(), **choice}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("start" in attrs) != ("end" in attrs):
            missing = "end" if "start" in attrs else "start"
            raise serializers.ValidationError(
                {missing: _("Nennen Sie Beginn und Ende, oder keines von beiden.")}
            )
        if "start" in attrs and "to" in attrs:
            raise serializers.ValidationError(
                {"to": _("Suchen Sie entweder nach einer festen Zeit oder nach Tagen.")}
            )
        if "start" in attrs:
            SpanQuerySerializer().validate(attrs)
        elif "to" in attrs:
            self._validate_choice(attrs)
        elif {"from", "opens", "closes", "duration_minutes"} & set(attrs) or attrs.get("weekday"):
            raise serializers.ValidationError({"to": _("Nennen Sie auch den letzten Tag zur Wahl.")})
        return attrs

    def _validate_choice(self, attrs: dict[str, Any]) -> None:
        first: date = attrs.get("from", attrs["to"])
        if attrs["to"] < first:
            raise serializers.ValidationError({"to": _("„to“ darf nicht vor „from“ liegen.")})
        if attrs["to"] - first > _LONGEST_CHOICE:
            raise serializers.ValidationError(
                {"to": _("Suchen Sie höchstens ein halbes Jahr auf einmal ab.")}
            )
        if not {"opens", "closes", "duration_minutes"} & set(attrs):
            raise serializers.ValidationError(
                {"duration_minutes": _("Nennen Sie die Dauer oder Beginn und Ende des Tages.")}
            )


class OfferSerializer(serializers.Serializer[Any]):
    about = _(
        "Ein Treffer. Mit Zeit ist er dann frei, erlaubt und kostet „total“; „null“ heißt, die Verwaltung nennt"
        " den Preis."
    )

    resource = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    beside = serializers.ListField(
        child=serializers.UUIDField(), help_text=_("Weitere Räume, die im Preis enthalten sind")
    )
    start = InstantField(allow_null=True)
    end = InstantField(allow_null=True)
    other_times = SpanSerializer(many=True)
    total = serializers.CharField(allow_null=True)
    deposit = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    group = serializers.CharField(help_text=_("Nutzergruppe, für die der Preis gilt"))
    purpose = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class OfferPageSerializer(serializers.Serializer[Any]):
    about = _("Eine Seite der Treffer, und was sonst möglich wäre, wo es wenige gibt.")

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = OfferSerializer(many=True)
    alternatives = OfferSerializer(many=True)


class ManyFreeTimesQuerySerializer(SpanQuerySerializer):
    """A span and, if wanted, one location."""

    location = serializers.UUIDField(required=False, help_text=_("Nur an diesem Ort"))
    page = serializers.IntegerField(
        min_value=1, max_value=100_000, default=1, help_text=_("Ab 1, je 100 Angebote")
    )
