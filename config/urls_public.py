"""Routes of the main host."""

from typing import Any

from django.urls import include, path

from tenants.access import EVERYONE, declare_all
from tenants.urls import public_patterns

urlpatterns: list[Any] = [
    *public_patterns,
    path("", include("onboarding.urls")),
    path("", include("partnership.urls")),
    path("", include("subscriptions.urls")),
    path("", include("operator_console.urls")),
    path("", include("booking_core.web.hooks.urls")),
    path("konto/", include(declare_all([path("", include("allauth.urls"))], schema="both", roles=EVERYONE))),
]
