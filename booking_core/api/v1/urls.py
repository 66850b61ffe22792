"""Routes of version 1. The key and its scope are checked in ``permissions``."""

from django.urls import URLPattern

from booking_core.api.v1 import bookings, document, offers, search
from booking_core.api.v1.base import ApiView
from tenants.access import API_KEY, EVERYONE, door


def _door(route: str, view: type[ApiView], name: str) -> URLPattern:
    """Strangers may use what needs no scope."""
    roles = EVERYONE if view.required_scope == "" else API_KEY
    return door(route, view.as_view(), name=name, schema="tenant", roles=roles)


urlpatterns = [
    _door("resources/", offers.ResourceList, "api_resources"),
    _door("resources/<uuid:uuid>/", offers.ResourceDetail, "api_resource"),
    _door("resources/<uuid:uuid>/free-times/", offers.FreeTimes, "api_free_times"),
    _door("offers/", search.Offers, "api_offers"),
    _door("free-times/", search.ManyFreeTimes, "api_many_free_times"),
    _door("quotes/", offers.Quotes, "api_quotes"),
    _door("bookings/", bookings.Bookings, "api_bookings"),
    _door("bookings/<uuid:uuid>/", bookings.BookingDetail, "api_booking"),
    _door("bookings/<uuid:uuid>/cancel/", bookings.BookingCancellation, "api_booking_cancel"),
    _door("openapi.json", document.OpenApiDocument, "api_openapi"),
    _door("", document.NoSuchAddress, "api_no_address"),
    _door("<path:rest>", document.NoSuchAddress, "api_no_such_address"),
]
