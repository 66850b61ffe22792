"""Who calls: an API key in the ``Authorization: Bearer`` header, or nobody.

Not here: what a key may do (``permissions``).
"""

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from booking_core.api.permissions import ANYONE
from booking_core.api.throttles import may_be_refused_again
from booking_core.identity.api_keys import api_key_by_secret
from booking_core.identity.contracts import ApiKeyView
from booking_core.identity.errors import KeyRefused
from tenants.visitors import client_address

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

    from booking_core.api.v1.base import ApiView

_WORDS = 2  # "Bearer" and the secret


class ApiKeyAuthentication(BaseAuthentication):
    """``request.auth`` becomes the key; a wrong key is refused, a missing one is a stranger."""

    def authenticate(self, request: Request) -> tuple[None, ApiKeyView] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "bearer":
            return None
        try:
            return None, api_key_by_secret(words[1] if len(words) == _WORDS else "")
        except KeyRefused:
            if not may_be_refused_again(client_address(request._request)):
                raise Throttled from None
            raise

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library is untyped here
    """How the OpenAPI document describes the key, and where it may be left out."""

    target_class = "booking_core.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_requirement(self, auto_schema: "AutoSchema") -> list[dict[str, list[Any]]]:
        scope = cast("ApiView", auto_schema.view).required_scope
        return [{self.name: []}, {}] if scope == ANYONE else [{self.name: []}]

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": str(_("API-Schlüssel der Kommune; die Verwaltung legt ihn an.")),
        }
