"""What frames every page of a town: its face, the main menu, the account menu.

Not here: the main host's frame (``onboarding``, ``operator_console``), the back office's side navigation.
"""

from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.accounts import has_staff_role
from design_system.contracts import NavItem, SiteFace
from tenants.links import main_origin


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of a town's page; nothing on the main host. Asks for the account only where a session exists."""
    town = getattr(request, "tenant", None)
    if town is None:
        return {}
    user = getattr(request, "user", None)
    face = site_face(town)
    signed_in = user is not None and user.is_authenticated
    return {
        "site": face,
        "town_face": face,  # django-allauth's views hand in another ``site``
        "main_nav": _main_nav(request),
        "footer_nav": [NavItem(_("Was kostet es?"), reverse("tariffs"))],
        "account_nav": _account_nav(request, user) if signed_in else _stranger_nav(request),
        "account_name": (user.name or user.email) if user is not None and signed_in else "",
    }


def site_face(town: Any) -> SiteFace:
    """Name, arms and legal pages of ``town`` for header and footer."""
    return SiteFace(
        name=town.official_name,
        home_url="/",
        tagline=town.tagline,
        logo_url=default_storage.url(town.logo) if town.logo else "",
        imprint_url=reverse("imprint"),
        privacy_url=reverse("privacy"),
        accessibility_url=reverse("accessibility"),
        contact_url=f"mailto:{town.contact_email}" if town.contact_email else "",
        platform_url=f"{main_origin()}/",
    )


def _main_nav(request: HttpRequest) -> list[NavItem]:
    places = (
        (_("Räume und mehr"), reverse("town_home")),
        (_("Suchen"), reverse("search")),
        (_("Meine Buchungen"), reverse("own_bookings")),
    )
    return [NavItem(label, url, is_current=_stands_on(request, url)) for label, url in places]


def _stands_on(request: HttpRequest, url: str) -> bool:
    return request.path == url if url == "/" else request.path.startswith(url)


def _stranger_nav(request: HttpRequest) -> list[NavItem]:
    return [NavItem(_("Anmelden"), reverse("account_login"), icon="account")]


def _account_nav(request: HttpRequest, user: Any) -> list[NavItem]:
    items = [
        NavItem(_("Meine Buchungen"), reverse("own_bookings"), icon="calendar"),
        NavItem(_("Mein Konto"), reverse("account_home"), icon="settings"),
    ]
    if getattr(request, "staff", None) or has_staff_role(user):
        items.append(NavItem(_("Verwaltung"), "/verwaltung/", icon="inbox"))
    return [*items, NavItem(_("Abmelden"), reverse("account_logout"), icon="logout")]
