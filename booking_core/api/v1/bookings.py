"""Bookings by other software, with a key: list, place, read, cancel.

Not here: the rules of booking (``workflows``).
"""

import hashlib
import json
import re
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from booking_core.api.permissions import key_of
from booking_core.api.v1 import presenters
from booking_core.api.v1 import serializers as shapes
from booking_core.api.v1.base import ApiView, actor_of, offer, validated, wish_of
from booking_core.api.v1.series_shapes import rule_of
from booking_core.kernel.errors import InvalidInput
from booking_core.reservations.contracts import BookingFilter, Contact
from booking_core.reservations.queries import booking_by_uuid, booking_rows
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.idempotency import answer_once
from booking_core.workflows.place_booking import place_booking
from booking_core.workflows.series_plan import series_wish

_KEY = re.compile(r"[\x21-\x7e]{1,120}", re.ASCII)
_KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description=_(
        "Ein Name, den Sie für diese Buchung vergeben, zum Beispiel eine UUID. Wird dieselbe Anfrage mit demselben"
        " Namen wiederholt, entsteht keine zweite Buchung: Sie erhalten die erste Antwort noch einmal, mit dem Kopf"
        " „Idempotency-Replayed: true“. Namen gelten sieben Tage."
    ),
)


class Bookings(ApiView):
    """List bookings; place one. The same ``Idempotency-Key`` with the same body gives the same answer again."""

    refusals = {"GET": (404, 422), "POST": (404, 409, 503)}

    @property
    def required_scope(self) -> str:  # type: ignore[override]  # reading and writing need different rights
        return "bookings.write" if self.request.method == "POST" else "bookings.read"

    @extend_schema(
        operation_id="listBookings",
        tags=["Buchungen"],
        summary=_("Buchungen auflisten"),
        description=_("Seitenweise, die nächste Nutzung zuerst. Braucht das Recht „bookings.read“."),
        parameters=[shapes.BookingQuerySerializer],
        responses=shapes.BookingPageSerializer,
    )
    def get(self, request: Request) -> Response:
        wanted = validated(shapes.BookingQuerySerializer, _query(request))
        resource = wanted.get("resource")
        found = booking_rows(
            BookingFilter(
                states=frozenset(wanted.get("state", ())),
                resource_ids=frozenset({offer(resource).id} if resource else ()),
                first_on=wanted.get("from"),
                last_on=wanted.get("to"),
            ),
            page=wanted["page"],
        )
        return Response(shapes.BookingPageSerializer(presenters.booking_page_data(found)).data)

    @extend_schema(
        operation_id="createBooking",
        tags=["Buchungen"],
        summary=_("Buchung anlegen"),
        description=_(
            "Bucht oder fragt an, je nachdem, was die Kommune festgelegt hat; „state“ sagt, was gilt. Die Kontaktperson"
            " bekommt eine E-Mail. Braucht das Recht „bookings.write“."
        ),
        request=shapes.BookingRequestSerializer,
        responses={201: OpenApiResponse(shapes.BookingSerializer, description=_("Gebucht oder angefragt"))},
        parameters=[_KEY_PARAMETER],
    )
    def post(self, request: Request) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not _KEY.fullmatch(key):
            sentence = _(
                "Senden Sie den Kopf „Idempotency-Key“ mit 1 bis 120 Zeichen ohne Leerzeichen und Umlaute."
            )
            raise InvalidInput(str(sentence), field="Idempotency-Key")
        data = validated(shapes.BookingRequestSerializer, request.data)
        digest = hashlib.sha256(json.dumps(request.data, sort_keys=True).encode()).hexdigest()
        caller = f"api-key:{key_of(request).id}"
        status, answer, replayed = answer_once(caller, key, digest, lambda: self._place(data, request))
        response = Response(answer, status=status)
        if replayed:
            response["Idempotency-Replayed"] = "true"
        return response

    def _place(self, data: dict[str, Any], request: Request) -> tuple[int, dict[str, object]]:
        wish, now = wish_of(data["wish"]), timezone.now()
        if "repeat" in data:
            rule = rule_of(data["repeat"], wish.spans)
            skip = data["repeat"]["on_conflict"] == "skip"
            wish = series_wish(wish, rule, viewer=Viewer(), now=now, skip_conflicts=skip)
        booking = place_booking(
            wish=wish,
            contact=Contact(**data["contact"]),
            title=data["title"],
            message=data["message"],
            viewer=Viewer(),
            actor=actor_of(request),
            source="api",
            language=data["language"],
            house_rules_accepted=data["house_rules_accepted"],
            now=now,
        )
        return 201, _plain(shapes.BookingSerializer(presenters.booking_data(booking)).data)


class BookingDetail(ApiView):
    """One booking."""

    required_scope = "bookings.read"

    @extend_schema(
        operation_id="getBooking",
        tags=["Buchungen"],
        summary=_("Eine Buchung"),
        description=_("Braucht das Recht „bookings.read“."),
        responses=shapes.BookingSerializer,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        booking = booking_by_uuid(uuid, with_events=False)
        settled = settlements_of(booking.id)
        data = presenters.booking_data(booking, settlement=settled[-1] if settled else None)
        return Response(shapes.BookingSerializer(data).data)


class BookingCancellation(ApiView):
    """Cancel a booking; cancelling it twice is refused."""

    required_scope = "bookings.write"
    refusals = {"POST": (409, 503)}

    @extend_schema(
        operation_id="cancelBooking",
        tags=["Buchungen"],
        summary=_("Stornieren"),
        description=_(
            "Gibt die Zeit frei. Was das nach der Entgeltordnung kostet, steht in der E-Mail an die Kontaktperson."
            " Braucht das Recht „bookings.write“."
        ),
        request=shapes.CancelSerializer,
        responses={200: shapes.BookingSerializer},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        data = validated(shapes.CancelSerializer, request.data)
        booking = cancel_booking(
            uuid,
            actor=actor_of(request),
            reason=data["reason"],
            now=timezone.now(),
            answers=dict(data["facts"]),
        )
        return Response(shapes.BookingSerializer(presenters.booking_data(booking)).data)


def _query(request: Request) -> dict[str, Any]:
    """The address's parameters as plain values, so that ``?to=`` is a wrong day and not a missing one."""
    query = request.query_params
    return {**query.dict(), **({"state": query.getlist("state")} if "state" in query else {})}


def _plain(data: Any) -> dict[str, object]:
    """The answer as JSON would carry it, so that a replay equals the first."""
    return dict(json.loads(json.dumps(data, cls=JSONEncoder)))
