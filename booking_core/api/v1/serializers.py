"""Shapes of requests and answers. Amounts are strings in euro, instants ISO 8601 with offset, spans half-open.

Not here: what the values mean (``contracts`` of the rooms). ``about`` is the German sentence of the OpenAPI document.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from booking_core.api.v1.fields import AnswerField, ByIdentifierField, DayField, InstantField
from booking_core.api.v1.series_shapes import RepeatSerializer, SeriesSerializer
from booking_core.kernel.spans import Span

LONGEST_QUERY = timedelta(days=62)
LONGEST_SPAN = timedelta(days=400)
STATES = ["requested", "confirmed", "declined", "cancelled"]
KINDS = ["room", "hall", "place", "desk", "device", "vehicle"]


class SpanSerializer(serializers.Serializer[Any]):
    about = _("Eine Zeitspanne: der Anfang gehört dazu, das Ende nicht mehr.")
    longest = LONGEST_SPAN
    too_long = _("Eine Zeitspanne dauert höchstens 400 Tage.")

    start = InstantField()
    end = InstantField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"end": _("Das Ende muss nach dem Anfang liegen.")})
        if attrs["end"] - attrs["start"] > self.longest:
            raise serializers.ValidationError({"end": self.too_long})
        return attrs


def span_of(data: dict[str, Any]) -> Span:
    """The span of validated data."""
    return Span(data["start"], data["end"])


class SpanQuerySerializer(SpanSerializer):
    """A span in the address; short, so that an answer stays small."""

    longest = LONGEST_QUERY
    too_long = _("Fragen Sie höchstens 62 Tage auf einmal ab.")

    start = InstantField(help_text=_("Anfang mit Abstand zu UTC; ein + in der Adresse wird zu %2B"))
    end = InstantField(help_text=_("Ende, höchstens 62 Tage später"))


class FreeTimesSerializer(serializers.Serializer[Any]):
    about = _("Die freien Zeiten innerhalb der gefragten Spanne; Zeit für Auf- und Abbau ist abgezogen.")

    resource = serializers.UUIDField()
    free = SpanSerializer(many=True)


class WishedItemSerializer(serializers.Serializer[Any]):
    about = _("Ein Angebot und wie viele davon.")

    resource = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=100_000, default=1, help_text=_("Stückzahl"))


class WishSerializer(serializers.Serializer[Any]):
    about = _(
        "Was berechnet oder gebucht werden soll: dieselben Angebote für jede der Zeitspannen. Nennen Sie sie in "
        "„items“, jedes mit seiner Stückzahl, oder in „resources“ mit einer gemeinsamen in „quantity“."
    )

    items = serializers.ListField(child=WishedItemSerializer(), required=False, min_length=1, max_length=20)
    resources = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        min_length=1,
        max_length=20,
        error_messages={"null": _("Nennen Sie die Angebote in „items“ oder in „resources“.")},
    )
    spans = serializers.ListField(child=SpanSerializer(), min_length=1, max_length=60)
    quantity = serializers.IntegerField(
        min_value=1, max_value=100_000, default=1, help_text=_("Stückzahl, wo in Stück gebucht wird")
    )
    group = serializers.CharField(
        max_length=60, default="", allow_blank=True, help_text=_("Nutzergruppe: Kennung der Entgeltordnung")
    )
    further_groups = serializers.ListField(
        child=serializers.CharField(max_length=60),
        max_length=20,
        default=list,
        help_text=_("Weitere Nutzergruppen, die teilnehmen, wo die Entgeltordnung danach fragt"),
    )
    purpose = serializers.CharField(
        max_length=60, default="", allow_blank=True, help_text=_("Zweck: Kennung der Entgeltordnung")
    )
    persons = serializers.IntegerField(min_value=1, max_value=100_000, allow_null=True, default=None)
    extras = ByIdentifierField(
        child=serializers.DecimalField(max_digits=10, decimal_places=3, min_value=0),
        default=dict,
        help_text=_("Zusatzleistungen: Kennung zu Menge"),
    )
    facts = ByIdentifierField(
        child=AnswerField(), default=dict, help_text=_("Antworten auf Fragen der Entgeltordnung")
    )

    def to_internal_value(self, data: Any) -> Any:
        """Read it; a wish without offers is told so together with all its other faults."""
        if isinstance(data, Mapping) and not {"items", "resources"} & set(data):
            data = {**data, "resources": None}
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either way of naming the offers, as ``items``."""
        if "items" in attrs and "resources" in attrs:
            raise serializers.ValidationError(
                {"items": [_("Nennen Sie die Angebote in „items“ oder in „resources“, nicht in beiden.")]}
            )
        field = "items" if "items" in attrs else "resources"
        items = attrs.get("items") or [
            {"resource": one, "quantity": attrs["quantity"]} for one in attrs["resources"]
        ]
        if len({one["resource"] for one in items}) < len(items):
            raise serializers.ValidationError({field: [_("Nennen Sie jedes Angebot nur einmal.")]})
        return {**attrs, "items": items}


class PriceLineSerializer(serializers.Serializer[Any]):
    about = _("Eine Zeile des Preises mit dem Paragrafen, auf dem sie beruht.")

    label = serializers.CharField()  # type: ignore[assignment]  # a field, not ``Field.label``
    quantity = serializers.CharField()
    unit = serializers.CharField()
    unit_price = serializers.CharField()
    amount = serializers.CharField()
    after_use = serializers.BooleanField(help_text=_("Wird erst nach der Nutzung abgerechnet"))
    paragraph = serializers.CharField()
    explanation = serializers.CharField()


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    paragraph = serializers.CharField()


class QuoteSerializer(serializers.Serializer[Any]):
    about = _(
        "Was die Entgeltordnung sagt. Gilt keine, dann ist „outcome“ needs_decision und die Verwaltung nennt den Preis."
    )

    outcome = serializers.CharField()
    currency = serializers.CharField()
    total = serializers.CharField(allow_null=True)
    deposit = serializers.CharField(allow_null=True)
    lines = PriceLineSerializer(many=True)
    reasons = ReasonSerializer(many=True)


class ContactSerializer(serializers.Serializer[Any]):
    about = _("Wer die Buchung verantwortet; dorthin gehen Bestätigung und Kalenderdatei.")

    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(max_length=254)
    phone = serializers.CharField(max_length=40, default="", allow_blank=True)
    street = serializers.CharField(max_length=200, default="", allow_blank=True)
    postal_code = serializers.CharField(max_length=10, default="", allow_blank=True)
    city = serializers.CharField(max_length=100, default="", allow_blank=True)
    organisation_name = serializers.CharField(max_length=200, default="", allow_blank=True)


class BookingRequestSerializer(serializers.Serializer[Any]):
    wish = WishSerializer()
    contact = ContactSerializer()
    repeat = RepeatSerializer(required=False)
    title = serializers.CharField(max_length=120, help_text=_("Anlass"))
    message = serializers.CharField(max_length=2000, default="", allow_blank=True)
    language = serializers.ChoiceField(
        choices=["de", "en"], default="de", help_text=_("Sprache der E-Mails an die Kontaktperson")
    )
    house_rules_accepted = serializers.BooleanField(default=False)


class BookingItemSerializer(serializers.Serializer[Any]):
    resource = serializers.CharField(help_text=_("Name in der Adresse (slug) des Angebots"))
    start = InstantField()
    end = InstantField()
    quantity = serializers.IntegerField()
    date = serializers.CharField(help_text=_("Bei einer Serie der Tag nach der Regel, sonst leer"))
    attendance = serializers.ChoiceField(choices=["", "used", "unused"], help_text=_("Was vermerkt wurde"))


class DamageSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    amount = serializers.CharField()


class SettlementSerializer(serializers.Serializer[Any]):
    about = _(
        "Was die Nutzung am Ende kostet: „total“ ist „fee“ und Schäden, „difference“ der Unterschied zum Stand davor."
    )

    number = serializers.IntegerField(help_text=_("Ab 1; eine Berichtigung zählt weiter"))
    settled_at = InstantField()
    fee = serializers.CharField()
    damages = DamageSerializer(many=True)
    total = serializers.CharField()
    difference = serializers.CharField()
    deposit_kept = serializers.CharField()
    deposit_returned = serializers.CharField()
    balance = serializers.CharField(
        help_text=_("Was mit der Kaution zurückkommt; negativ: nach Verrechnung noch zu zahlen")
    )
    lines = PriceLineSerializer(many=True)


class BookingSerializer(serializers.Serializer[Any]):
    about = _("Eine Buchung. Kontaktdaten gibt die Schnittstelle nicht heraus.")

    uuid = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    title = serializers.CharField()
    items = BookingItemSerializer(many=True)
    total = serializers.CharField()
    deposit = serializers.CharField()
    currency = serializers.CharField()
    requested_at = InstantField()
    version = serializers.IntegerField(help_text=_("Steigt mit jeder Änderung"))
    series = SeriesSerializer(allow_null=True)
    settlement = SettlementSerializer(
        allow_null=True, help_text=_("Die letzte Abrechnung; null, solange nicht abgerechnet ist")
    )


class BookingRowSerializer(serializers.Serializer[Any]):
    about = _("Eine Buchung in der Liste; „start“ und „end“ umfassen alle ihre Zeiten.")

    uuid = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    title = serializers.CharField()
    resource_names = serializers.ListField(child=serializers.CharField())
    location_names = serializers.ListField(child=serializers.CharField())
    start = InstantField()
    end = InstantField()
    total = serializers.CharField()
    currency = serializers.CharField()
    requested_at = InstantField()


class BookingPageSerializer(serializers.Serializer[Any]):
    about = _("Eine Seite der Liste; „count“ zählt über alle Seiten.")

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = BookingRowSerializer(many=True)


class BookingQuerySerializer(serializers.Serializer[Any]):
    """What the list of bookings shows. Days are of the use, both included."""

    state = serializers.MultipleChoiceField(
        choices=STATES, required=False, help_text=_("Mehrfach möglich: state=requested&state=confirmed")
    )
    resource = serializers.UUIDField(required=False, help_text=_("Nur Buchungen dieses Angebots"))
    page = serializers.IntegerField(
        min_value=1, max_value=100_000, default=1, help_text=_("Ab 1, je 50 Zeilen")
    )

    def get_fields(self) -> dict[str, Any]:
        """``from`` and ``to`` are the interface's names; ``from`` is a word of Python."""
        fields = super().get_fields()
        return {
            "from": DayField(required=False, help_text=_("Nutzung an diesem Tag oder später")),
            "to": DayField(required=False, help_text=_("Nutzung an diesem Tag oder früher")),
            **fields,
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "from" in attrs and "to" in attrs and attrs["from"] > attrs["to"]:
            raise serializers.ValidationError({"to": _("„to“ darf nicht vor „from“ liegen.")})
        return attrs


class CancelSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=1000, default="", allow_blank=True)
    facts = ByIdentifierField(
        child=AnswerField(),
        default=dict,
        help_text=_("Antworten auf Fragen, die die Entgeltordnung beim Stornieren stellt"),
    )
