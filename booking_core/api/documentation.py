"""The OpenAPI document: every operation names its refusals, sentences are German.

Not here: the document's frame (``SPECTACULAR_SETTINGS``), the page for people (``about``).
"""

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from booking_core.api.permissions import ANYONE
from booking_core.api.problems import MEDIA_TYPE, TITLES

if TYPE_CHECKING:
    from booking_core.api.v1.base import ApiView

_BODY = (400, 413, 415, 422)
_ALWAYS = (401, 406, 429)


class FieldFaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text=_("Pfad der Angabe, zum Beispiel wish.spans[0].end"))
    message = serializers.CharField(help_text=_("Satz für Menschen, in der Sprache der Anfrage"))


class ProblemSerializer(serializers.Serializer[Any]):
    about = _("Eine Absage nach RFC 9457. Programme lesen „code“, Menschen „detail“.")

    type = serializers.CharField(help_text=_("urn:biletado:problem: und der Code"))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(help_text=_("Fester Name der Ursache, zum Beispiel taken"))
    errors = FieldFaultSerializer(many=True, required=False)  # type: ignore[assignment]  # a field, not ``.errors``


class ProblemSchema(AutoSchema):
    """Adds the refusals an operation can give; ``view.refusals`` names those that are its own."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._refusals():
            bodies[str(status)] = self._refusal(status)
        return dict(sorted(bodies.items()))

    def _refusals(self) -> set[int]:
        view = cast("ApiView", self.view)
        found = {*_ALWAYS, *view.refusals.get(self.method, ())}
        if view.required_scope != ANYONE:
            found.add(403)
        if self.method == "POST":
            found |= set(_BODY)
        if "{uuid}" in self.path:
            found.add(404)
        return found

    def _refusal(self, status: int) -> dict[str, Any]:
        component = self.resolve_serializer(ProblemSerializer(), "response")
        body: dict[str, Any] = {
            "description": str(TITLES[status]),
            "content": {MEDIA_TYPE: {"schema": component.ref}},
        }
        if status in {429, 503}:
            seconds = {
                "description": str(_("Sekunden bis zum nächsten Versuch")),
                "schema": {"type": "integer"},
            }
            body["headers"] = {"Retry-After": seconds}
        return body

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """Docstrings are for developers of Biletado; readers of the document get ``about``."""
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        schema.pop("description", None)
        about = getattr(serializer, "about", "")
        return {**schema, "description": str(about)} if about else schema
