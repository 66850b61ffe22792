"""What every page knows: the town or the main host, its colours, its frame.

Not here: anything one page alone needs; the frames themselves (``web.page_frame``, ``onboarding.page_frame``,
``operator_console.page_frame``, ``subscriptions.page_frame``).
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from booking_core.web.page_frame import frame as town_frame
from onboarding.page_frame import frame as main_frame
from operator_console.page_frame import operator_menu
from subscriptions.page_frame import standing_notice


def site(request: HttpRequest) -> dict[str, Any]:
    """Facts for the base templates; ``town`` is None on the main host, and nobody where the host is unknown."""
    town = getattr(request, "tenant", None)
    facts: dict[str, Any] = {
        "town": town,
        "staff": getattr(request, "staff", None),
        "site_name": town.short_name if town else "Biletado",
        "brand_css_url": f"/marke.css?v={town.brand_version}" if town else "",
        "main_host": settings.BASE_HOST,
        "demo": getattr(settings, "DEMO", False),
    }
    if not hasattr(request, "tenant"):
        return facts
    frame = town_frame(request) if town else {**main_frame(request), **operator_menu(request)}
    return {**facts, **frame, **standing_notice(request)}
