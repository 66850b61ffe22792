"""The search for other software, and the free times of many resources at once. Nothing is stored.

Not here: single offers (``offers``), the rules of the search (``workflows.search``). Answers are put together as plain
values: a serializer would look at every one of thousands of times.
"""

from datetime import date, time, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from booking_core.api.v1 import search_shapes as shapes
from booking_core.api.v1.base import ApiView, offered, validated
from booking_core.api.v1.presenters import span_texts
from booking_core.api.v1.serializers import FreeTimesSerializer, span_of
from booking_core.engines.ordinance import Quote
from booking_core.engines.windows import EVERY_DAY, clock_length, windows_on
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import CURRENCY, Money
from booking_core.kernel.spans import Span
from booking_core.reservations.queries import free_times
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import Offer, SearchWish
from tenants.context import tenant_zone

_PER_PAGE = 50
_RESOURCES_PER_PAGE = 100


class Offers(ApiView):
    """The search."""

    refusals = {"GET": (422,)}

    @extend_schema(
        operation_id="findOffers",
        tags=["Angebote"],
        summary=_("Suchen"),
        description=_(
            "Was zur gewünschten Zeit frei ist und was es kostet. Gesucht wird nach einer festen Zeit (start, end) oder"
            " nach einer Dauer innerhalb von Tagen, Wochentagen und Uhrzeiten (from, to, weekday, opens, closes,"
            " duration_minutes). Ohne Zeit kommt eine Liste ohne Preise. Die Antwort ist eine Auskunft, keine Zusage."
        ),
        parameters=[shapes.OfferQuerySerializer],
        responses=shapes.OfferPageSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = validated(shapes.OfferQuerySerializer, request.query_params)
        number, writing = asked["page"], _Writing(tenant_zone())
        found = find_offers(
            _wish(asked),
            viewer=Viewer(),
            now=timezone.now(),
            first=(number - 1) * _PER_PAGE,
            most=_PER_PAGE,
            with_days=False,
        )
        return Response(
            {
                "count": found.total,
                "page": number,
                "pages": max(1, ceil(found.total / _PER_PAGE)),
                "results": [writing.offer(one) for one in found.fitting],
                "alternatives": [writing.offer(one) for one in found.alternatives],
            }
        )


class ManyFreeTimes(ApiView):
    """When each of many resources is free."""

    refusals = {"GET": (422,)}

    @extend_schema(
        operation_id="listFreeTimes",
        tags=["Angebote"],
        summary=_("Freie Zeiten vieler Angebote"),
        description=_(
            "Wann jedes Angebot innerhalb der Spanne geöffnet und frei ist, je Seite 100 Angebote."
        ),
        parameters=[shapes.ManyFreeTimesQuerySerializer],
        responses=FreeTimesSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = validated(shapes.ManyFreeTimesQuerySerializer, request.query_params)
        rows = [one for one in offered().values() if asked.get("location") in (None, one.location.uuid)]
        first = (asked["page"] - 1) * _RESOURCES_PER_PAGE
        shown = rows[first : first + _RESOURCES_PER_PAGE]
        free = free_times([one.id for one in shown], span_of(asked), now=timezone.now())
        zone = tenant_zone()
        return Response(
            [
                {
                    "resource": str(one.uuid),
                    "free": span_texts(free.get(one.id, ()), zone),
                }
                for one in shown
            ]
        )


def _wish(asked: dict[str, Any]) -> SearchWish:
    windows, duration = _times(asked)
    place = asked.get("location")
    locations = (
        {one.location.id for one in offered().values() if one.location.uuid == place} if place else set()
    )
    if place and not locations:
        raise InvalidInput(str(_("Diesen Ort gibt es nicht.")), field="location")
    return SearchWish(
        windows=windows,
        duration=duration,
        text=asked["q"],
        kinds=frozenset(asked.get("kind", ())),
        location_ids=frozenset(locations),
        amenities=frozenset(asked.get("amenity", ())),
        accessibility=frozenset(asked.get("accessibility", ())),
        persons=asked.get("persons"),
        quantity=asked["quantity"],
        rooms=asked["rooms"],
        most=Money.from_decimal(asked["max_price"]) if "max_price" in asked else None,
        group=asked["group"],
        purpose=asked["purpose"],
    )


def _times(asked: dict[str, Any]) -> tuple[tuple[Span, ...], timedelta]:
    if "start" in asked:
        span = span_of(asked)
        return (span,), span.duration
    if "to" not in asked:
        return (), timedelta()
    opens, closes = _clock(asked.get("opens")), _clock(asked.get("closes"))
    first: date = max(asked.get("from", date.min), timezone.localdate())
    minutes = asked.get("duration_minutes")
    duration = timedelta(minutes=minutes) if minutes else clock_length(opens, closes)
    weekdays = {int(day) for day in asked.get("weekday", ())} or EVERY_DAY
    if asked["to"] < first:
        raise InvalidInput(str(_("Diese Tage sind schon vorbei.")), field="to")
    found = windows_on(first, asked["to"], weekdays=weekdays, opens=opens, closes=closes, zone=tenant_zone())
    if found and not any(one.duration >= duration for one in found):
        raise InvalidInput(
            str(_("So lange ist es zwischen „opens“ und „closes“ nicht.")), field="duration_minutes"
        )
    return found, duration


def _clock(text: str | None) -> time | None:
    if text is None:
        return None
    hours, minutes = text.split(":")
    return time(int(hours) % 24, int(minutes))


class _Writing:
    """Offers as plain data. Most hits of a search share their time and their price: each is written once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._spans: dict[Span, tuple[str, str]] = {}
        self._prices: dict[int, tuple[str | None, str | None]] = {}

    def offer(self, offer: Offer) -> dict[str, Any]:
        start, end = (None, None) if offer.span is None else self._times(offer.span)
        total, deposit = (None, None) if offer.quote is None else self._amounts(offer.quote)
        return {
            "resource": str(offer.resource.uuid),
            "slug": offer.resource.slug,
            "name": offer.resource.name,
            "beside": [str(one.uuid) for one in offer.beside],
            "start": start,
            "end": end,
            "other_times": span_texts(offer.other_times, self._zone),
            "total": total,
            "deposit": deposit,
            "currency": CURRENCY,
            "group": offer.group,
            "purpose": offer.purpose,
            "reasons": offer.reasons,
        }

    def _times(self, span: Span) -> tuple[str, str]:
        found = self._spans.get(span)
        if found is None:
            start, end = (moment.astimezone(self._zone).isoformat() for moment in (span.start, span.end))
            found = self._spans[span] = (start, end)
        return found

    def _amounts(self, quote: Quote) -> tuple[str | None, str | None]:
        """The result holds the quotes, so their identities last as long as this."""
        found = self._prices.get(id(quote))
        if found is None:
            total = str(quote.total.euros) if quote.fee_known else None
            deposit = str(quote.deposit.euros) if quote.fee_known and quote.deposit_known else None
            found = self._prices[id(quote)] = (total, deposit)
        return found
