"""Who calls: an API key in the ``Authorization: Bearer`` header, or nobody.

Not here: what a key may do (``permissions``).
"""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from booking_core.identity.api_keys import api_key_by_secret
from booking_core.identity.contracts import ApiKeyView

_WORDS = 2  # "Bearer" and the secret


class ApiKeyAuthentication(BaseAuthentication):
    """``request.auth`` becomes the key; a wrong key is refused, a missing one is a stranger."""

    def authenticate(self, request: Request) -> tuple[None, ApiKeyView] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "bearer":
            return None
        return None, api_key_by_secret(words[1] if len(words) == _WORDS else "")

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library is untyped here
    """How the OpenAPI document describes the key."""

    target_class = "booking_core.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "API-Schlüssel der Kommune"}
