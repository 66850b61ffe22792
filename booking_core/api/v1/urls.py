"""Routes of version 1. The key and its scope are checked in ``permissions``."""

from django.urls import URLPattern
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from booking_core.api.v1 import views
from tenants.access import API_KEY, EVERYONE, door

_BASE = "api/v1/"


def _door(route: str, view: type[APIView], name: str) -> URLPattern:
    roles = EVERYONE if getattr(view, "required_scope", "") == "" else API_KEY
    return door(_BASE + route, view.as_view(), name=name, schema="tenant", roles=roles)


urlpatterns = [
    _door("resources/", views.ResourceList, "api_resources"),
    _door("resources/<uuid:uuid>/", views.ResourceDetail, "api_resource"),
    _door("resources/<uuid:uuid>/free-times/", views.FreeTimes, "api_free_times"),
    _door("quotes/", views.Quotes, "api_quotes"),
    _door("bookings/", views.Bookings, "api_bookings"),
    _door("bookings/<uuid:uuid>/", views.BookingDetail, "api_booking"),
    _door("bookings/<uuid:uuid>/cancel/", views.BookingCancellation, "api_booking_cancel"),
    door(
        _BASE + "openapi.json",
        SpectacularAPIView.as_view(
            urlconf="booking_core.api.v1.urls",
            renderer_classes=[JSONRenderer],
            throttle_classes=[],
            permission_classes=[],
            authentication_classes=[],
        ),
        name="api_openapi",
        schema="tenant",
        roles=EVERYONE,
    ),
]
