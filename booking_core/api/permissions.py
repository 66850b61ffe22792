"""What a caller may do: each view names the scope it needs, or that strangers may read it."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from booking_core.identity.errors import KeyRefused
from booking_core.kernel.errors import NotAllowed

ANYONE = ""


class HasScope(BasePermission):
    """``view.required_scope`` is a scope of the key, or ``ANYONE`` for published facts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises KeyRefused without a key, NotAllowed where the key lacks the scope."""
        scope: str = view.required_scope
        if scope == ANYONE:
            return True
        if request.auth is None:
            raise KeyRefused(_("Für diese Adresse brauchen Sie einen API-Schlüssel."))
        if scope not in request.auth.scopes:
            raise NotAllowed(_("Diesem API-Schlüssel fehlt das Recht „%(scope)s“.") % {"scope": scope})
        return True
