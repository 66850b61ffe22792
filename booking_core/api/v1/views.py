"""Version 1: parse, authorise, one call, present."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from booking_core.api.permissions import ANYONE
from booking_core.api.v1 import presenters
from booking_core.api.v1 import serializers as shapes
from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.identity.contracts import Actor, ApiKeyView
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.reservations.contracts import Contact
from booking_core.reservations.queries import booking_by_uuid, free_times
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.idempotency import answer_once
from booking_core.workflows.place_booking import place_booking
from booking_core.workflows.quoting import price_wish

_LONGEST_KEY = 120
_PUBLIC = frozenset({"public", "residents", "organisations"})


def _offered() -> dict[UUID, ResourceView]:
    """Published resources that are not for staff alone, by uuid."""
    return {row.uuid: row for row in published_resources() if row.audience in _PUBLIC}


def _resource(uuid: UUID) -> ResourceView:
    found = _offered().get(uuid)
    if found is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return found


def _language() -> str:
    return (get_language() or "de")[:2]


def _wish(data: dict[str, Any]) -> Wish:
    offered = _offered()
    missing = [str(uuid) for uuid in data["resources"] if uuid not in offered]
    if missing:
        raise InvalidInput(
            _("Dieses Angebot gibt es nicht: %(uuid)s") % {"uuid": ", ".join(missing)}, field="resources"
        )
    return Wish(
        resource_ids=tuple(offered[uuid].id for uuid in data["resources"]),
        spans=tuple(shapes.span_of(span) for span in data["spans"]),
        quantity=data["quantity"],
        group=data["group"],
        purpose=data["purpose"],
        persons=data["persons"],
        extras=dict(data["extras"]),
        facts=dict(data["facts"]),
    )


def _actor(key: ApiKeyView) -> Actor:
    return Actor(label=_("Schnittstelle: %(name)s") % {"name": key.name})


class ResourceList(APIView):
    """Everything the town offers."""

    required_scope = ANYONE

    @extend_schema(operation_id="listResources", responses=shapes.ResourceSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(shapes.ResourceSerializer(_offered().values(), many=True).data)


class ResourceDetail(APIView):
    """One resource."""

    required_scope = ANYONE

    @extend_schema(operation_id="getResource", responses=shapes.ResourceSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(shapes.ResourceSerializer(_resource(uuid)).data)


class FreeTimes(APIView):
    """When one resource is free, inside a span of at most 62 days."""

    required_scope = ANYONE

    @extend_schema(
        operation_id="getFreeTimes",
        parameters=[shapes.SpanQuerySerializer],
        responses=shapes.FreeTimesSerializer,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        query = shapes.SpanQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = _resource(uuid)
        free = free_times([found.id], shapes.span_of(query.validated_data), now=timezone.now())
        data = {"resource": uuid, "free": presenters.spans_data(free.get(found.id, ()))}
        return Response(shapes.FreeTimesSerializer(data).data)


class Quotes(APIView):
    """What a wish costs and whether the rules allow it. Nothing is stored or kept."""

    required_scope = ANYONE

    @extend_schema(
        operation_id="createQuote", request=shapes.WishSerializer, responses=shapes.QuoteSerializer
    )
    def post(self, request: Request) -> Response:
        form = shapes.WishSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        priced = price_wish(_wish(form.validated_data), viewer=Viewer(), now=timezone.now())
        return Response(shapes.QuoteSerializer(presenters.quote_data(priced.quote, _language())).data)


class Bookings(APIView):
    """Place a booking. The same ``Idempotency-Key`` with the same body gives the same answer again."""

    required_scope = "bookings.write"

    @extend_schema(
        operation_id="createBooking",
        request=shapes.BookingRequestSerializer,
        responses={201: shapes.BookingSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key or len(key) > _LONGEST_KEY:
            raise InvalidInput(
                _("Senden Sie den Kopf „Idempotency-Key“ mit 1 bis 120 Zeichen."), field="Idempotency-Key"
            )
        form = shapes.BookingRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        digest = hashlib.sha256(json.dumps(request.data, sort_keys=True).encode()).hexdigest()
        caller = f"api-key:{request.auth.id}"
        status, answer, replayed = answer_once(
            caller, key, digest, lambda: self._place(form.validated_data, request)
        )
        response = Response(answer, status=status)
        if replayed:
            response["Idempotency-Replayed"] = "true"
        return response

    def _place(self, data: dict[str, Any], request: Request) -> tuple[int, dict[str, object]]:
        booking = place_booking(
            wish=_wish(data["wish"]),
            contact=Contact(**data["contact"]),
            title=data["title"],
            message=data["message"],
            viewer=Viewer(),
            actor=_actor(request.auth),
            source="api",
            language=data["language"],
            house_rules_accepted=data["house_rules_accepted"],
            now=timezone.now(),
        )
        return 201, _plain(shapes.BookingSerializer(presenters.booking_data(booking)).data)


class BookingDetail(APIView):
    """One booking."""

    required_scope = "bookings.read"

    @extend_schema(operation_id="getBooking", responses=shapes.BookingSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        booking = booking_by_uuid(uuid, with_events=False)
        return Response(shapes.BookingSerializer(presenters.booking_data(booking)).data)


class BookingCancellation(APIView):
    """Cancel a booking; cancelling it twice is refused."""

    required_scope = "bookings.write"

    @extend_schema(
        operation_id="cancelBooking", request=shapes.CancelSerializer, responses=shapes.BookingSerializer
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        form = shapes.CancelSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        booking = cancel_booking(
            uuid, actor=_actor(request.auth), reason=form.validated_data["reason"], now=timezone.now()
        )
        return Response(shapes.BookingSerializer(presenters.booking_data(booking)).data)


def _plain(data: Any) -> dict[str, object]:
    """The answer as JSON would carry it, so that a replay equals the first."""
    return dict(json.loads(json.dumps(data, cls=JSONEncoder)))
