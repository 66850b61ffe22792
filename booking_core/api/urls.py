"""Everything below ``/api/``: the page for people, and the versions."""

from typing import Any

from django.urls import include, path
from django.views.decorators.http import require_safe

from booking_core.api.about import about
from tenants.access import EVERYONE, door

urlpatterns: list[Any] = [
    door("api/", require_safe(about), name="api_about", schema="tenant", roles=EVERYONE),
    path("api/v1/", include("booking_core.api.v1.urls")),
]
