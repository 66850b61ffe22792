"""Routes of the town's host."""

from typing import Any

from django.urls import include, path

from tenants.access import EVERYONE, declare_all
from tenants.urls import tenant_patterns

urlpatterns: list[Any] = [
    path("", include("booking_core.api.urls")),  # first: other software asks most often
    *tenant_patterns,
    path("", include("onboarding.tenant_urls")),
    path("", include("booking_core.web.citizen.urls")),
    path("", include("booking_core.web.backoffice.urls")),
    path("", include("partnership.tenant_urls")),
    path("", include("subscriptions.tenant_urls")),
    path("konto/", include(declare_all([path("", include("allauth.urls"))], schema="both", roles=EVERYONE))),
]
