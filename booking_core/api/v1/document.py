"""The OpenAPI document, and the answer for addresses that are none.

Not here: what the document says of each operation (``api.documentation`` and the views).
"""

from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from booking_core.api.v1.base import ApiView, language
from booking_core.kernel.errors import NotFound


class OpenApiDocument(ApiView):
    """The document in the language of the request; it is the same in every town."""

    schema = None  # it does not describe itself

    def get(self, request: Request) -> Response:
        return Response(openapi_document("en" if language() == "en" else "de"))


@lru_cache(maxsize=2)
def openapi_document(wanted: str) -> dict[str, Any]:
    """The document in one language; worked out once per process."""
    with translation.override(wanted):
        generator = SchemaGenerator(urlconf="booking_core.api.urls")  # type: ignore[no-untyped-call]
        document: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        document["info"]["description"] = _("Räume, freie Zeiten, Preise und Buchungen einer Kommune.")
    return document


class NoSuchAddress(ApiView):
    """Below ``/api/v1/`` unknown addresses are answered as problem documents, not as pages for people."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse before a key or method is looked at."""
        super().initial(request)
        raise NotFound(_("Diese Adresse gibt es in der Schnittstelle nicht."))

    def get(self, request: Request, rest: str = "") -> Response:
        raise NotImplementedError  # ``initial`` has refused

    post = put = patch = delete = get
