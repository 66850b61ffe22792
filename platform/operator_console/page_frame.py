"""The account menu of the main host; only operators have an account there.

Not here: the console's side navigation (``presenters``).
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from design_system.contracts import NavItem


def operator_menu(request: HttpRequest) -> dict[str, Any]:
    """Context for the header; nothing where nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    items = [
        NavItem(_("Betrieb"), reverse("operator_towns"), icon="building"),
        NavItem(_("Zwei-Faktor-Anmeldung"), reverse("mfa_index"), icon="key"),
        NavItem(_("Abmelden"), reverse("account_logout"), icon="logout"),
    ]
    return {"account_nav": items, "account_name": str(user)}
