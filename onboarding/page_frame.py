"""What frames every page of the main host: the platform's face and menu.

Not here: a town's frame (``booking_core.web.page_frame``), pages of operators.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from design_system.contracts import NavItem, SiteFace


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of a page of the main host; nothing on a town's host, or where no host is known."""
    if getattr(request, "tenant", False) is not None:
        return {}
    sign_up, ordinances = reverse("sign_up_start"), reverse("shared_ordinances")
    return {
        "site": SiteFace(
            name="Biletado",
            home_url=reverse("landing"),
            imprint_url=reverse("platform_imprint"),
            privacy_url=reverse("platform_privacy"),
            accessibility_url=reverse("platform_accessibility"),
        ),
        "main_nav": [
            NavItem(_("Kommunen"), reverse("landing") + "#kommunen"),
            NavItem(_("Satzungen"), ordinances, is_current=request.path.startswith(ordinances)),
            NavItem(_("Mitmachen"), sign_up, is_current=request.path.startswith(sign_up)),
        ],
        "footer_nav": [NavItem(_("Satzungssprache"), reverse("ordinance_language"))],
    }
