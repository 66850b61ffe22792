"""What a caller may do: each view names the scope it needs, or that strangers may read it.

Not here: which scopes there are (``identity.api_keys``).
"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from booking_core.identity.contracts import ApiKeyView
from booking_core.identity.errors import KeyRefused
from booking_core.kernel.errors import NotAllowed

ANYONE = ""


class HasScope(BasePermission):
    """``view.required_scope`` is a scope of the key, or ``ANYONE`` for published facts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises KeyRefused without a key, NotAllowed where the key lacks the scope."""
        scope: str = view.required_scope
        if scope != ANYONE and scope not in key_of(request).scopes:
            raise NotAllowed(_("Diesem API-Schlüssel fehlt das Recht „%(scope)s“.") % {"scope": scope})
        return True


def key_of(request: Request) -> ApiKeyView:
    """The key of the caller. Raises KeyRefused where there is none."""
    key: object = request.auth
    if not isinstance(key, ApiKeyView):
        raise KeyRefused(_("Für diese Adresse brauchen Sie einen API-Schlüssel."))
    return key
