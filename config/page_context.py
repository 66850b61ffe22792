"""What every page knows: the town or the main host, its colours, its links.

Not here: anything one page alone needs.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Facts for the base templates; ``town`` is None on the main host."""
    town = getattr(request, "tenant", None)
    return {
        "town": town,
        "staff": getattr(request, "staff", None),
        "site_name": town.short_name if town else "Biletado",
        "brand_css_url": f"/marke.css?v={town.brand_version}" if town else "",
        "main_host": settings.BASE_HOST,
        "demo": getattr(settings, "DEMO", False),
    }
