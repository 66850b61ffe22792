"""What the views of version 1 share: their base, offers by uuid, who acts, in which language.

Not here: the views (``offers``, ``bookings``, ``document``).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from booking_core.api.permissions import ANYONE, key_of
from booking_core.api.v1.serializers import span_of
from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.workflows.contracts import Wish
from booking_core.workflows.wishes import pieces_taken

_PUBLIC = frozenset({"public", "residents", "organisations"})


class ApiView(APIView):
    """``required_scope`` is a scope of the key or ANYONE; ``refusals`` are statuses of its own, by method."""

    required_scope: ClassVar[str] = ANYONE
    refusals: ClassVar[Mapping[str, tuple[int, ...]]] = {}


def validated(shape: type[serializers.Serializer[Any]], given: Any) -> dict[str, Any]:
    """What a body or a query says, in this shape. Raises DRF's ValidationError, which becomes a 422."""
    return dict(_ready(shape, get_language() or "").run_validation(given))


@cache
def _ready(shape: type[serializers.Serializer[Any]], _language: str) -> serializers.Serializer[Any]:
    """One serializer for all requests: each new one would copy all its fields, which takes longer than reading.

    It holds nothing of a request; its validators keep their sentences in the first language they speak, so there is
    one of each.
    """
    return shape()


def offered() -> dict[UUID, ResourceView]:
    """Published resources that are not for staff alone, by uuid."""
    return {row.uuid: row for row in published_resources() if row.audience in _PUBLIC}


def offer(uuid: UUID) -> ResourceView:
    """One of them. Raises NotFound."""
    found = offered().get(uuid)
    if found is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return found


def wish_of(data: dict[str, Any]) -> Wish:
    """A validated wish in the rooms' own ids. Raises InvalidInput for resources that are not offered."""
    found = offered()
    wanted = {one["resource"]: one["quantity"] for one in data["items"]}
    missing = [str(uuid) for uuid in wanted if uuid not in found]
    if missing:
        sentence = _("Dieses Angebot gibt es nicht: %(uuid)s") % {"uuid": ", ".join(missing)}
        raise InvalidInput(sentence, field="resources" if "resources" in data else "items")
    usual = next(iter(wanted.values()))
    return Wish(
        resource_ids=tuple(found[uuid].id for uuid in wanted),
        spans=tuple(span_of(span) for span in data["spans"]),
        quantity=usual,
        pieces=pieces_taken({found[uuid].id: pieces for uuid, pieces in wanted.items()}, usual),
        group=data["group"],
        purpose=data["purpose"],
        persons=data["persons"],
        extras=dict(data["extras"]),
        facts=dict(data["facts"]),
        further_groups=tuple(data["further_groups"]),
    )


def actor_of(request: Request) -> Actor:
    """The calling software, as history and audit trail name it."""
    return Actor(label=_("Schnittstelle: %(name)s") % {"name": key_of(request).name})


def language() -> str:
    """``de`` or ``en``, as the request asked."""
    return (get_language() or "de")[:2]
