"""What strangers may ask: offers, free times, prices. Nothing is stored.

Not here: bookings (``bookings``).
"""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from booking_core.api.v1 import presenters
from booking_core.api.v1 import serializers as shapes
from booking_core.api.v1.base import ApiView, language, offer, offered, validated, wish_of
from booking_core.api.v1.offer_shapes import ResourceSerializer
from booking_core.reservations.queries import free_times
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.quoting import price_wish
from tenants.context import tenant_zone


class ResourceList(ApiView):
    """Everything the town offers."""

    @extend_schema(
        operation_id="listResources",
        tags=["Angebote"],
        summary=_("Alle Angebote"),
        description=_("Räume, Hallen, Plätze, Geräte und Fahrzeuge der Kommune, ohne interne."),
        responses=ResourceSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(ResourceSerializer(list(offered().values()), many=True).data)


class ResourceDetail(ApiView):
    """One resource."""

    @extend_schema(
        operation_id="getResource",
        tags=["Angebote"],
        summary=_("Ein Angebot"),
        description=_("Dasselbe wie in der Liste, für ein einzelnes Angebot."),
        responses=ResourceSerializer,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(ResourceSerializer(offer(uuid)).data)


class FreeTimes(ApiView):
    """When one resource is free, inside a span of at most 62 days."""

    refusals = {"GET": (422,)}

    @extend_schema(
        operation_id="getFreeTimes",
        tags=["Angebote"],
        summary=_("Freie Zeiten"),
        description=_(
            "Wann ein Angebot innerhalb der Spanne geöffnet und frei ist. Die Antwort ist eine Auskunft, keine Zusage."
        ),
        parameters=[shapes.SpanQuerySerializer],
        responses=shapes.FreeTimesSerializer,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        span = shapes.span_of(validated(shapes.SpanQuerySerializer, request.query_params))
        found = offer(uuid)
        free = free_times([found.id], span, now=timezone.now())
        texts = presenters.span_texts(free.get(found.id, ()), tenant_zone())
        return Response({"resource": str(uuid), "free": texts})


class Quotes(ApiView):
    """What a wish costs and whether the rules allow it. Nothing is stored or kept."""

    @extend_schema(
        operation_id="createQuote",
        tags=["Preise"],
        summary=_("Preis berechnen"),
        description=_(
            "Was ein Wunsch nach der geltenden Entgeltordnung kostet, Zeile für Zeile mit Paragraf. Es wird nichts"
            " gespeichert und keine Zeit freigehalten."
        ),
        request=shapes.WishSerializer,
        responses={200: shapes.QuoteSerializer},
    )
    def post(self, request: Request) -> Response:
        wish = wish_of(validated(shapes.WishSerializer, request.data))
        priced = price_wish(wish, viewer=Viewer(), now=timezone.now())
        return Response(shapes.QuoteSerializer(presenters.quote_data(priced.quote, language())).data)
