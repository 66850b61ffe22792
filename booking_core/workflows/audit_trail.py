"""The audit trail with what each entry was done to by its name: a booking by its number, an invoice by its own.

Not here: the entries (``identity.queries``), or their words and links (``web.backoffice.presenters``).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from booking_core.catalog.models import Closure, Location, Photo, Resource, Unit
from booking_core.finance.models import BankOrder, Invoice, Payment
from booking_core.identity.contracts import AuditRow
from booking_core.identity.models import ApiKey, Party, User
from booking_core.identity.queries import audit_rows
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.reservations.models import Booking, WaitingEntry


@dataclass(frozen=True, slots=True)
class _Named:
    """Where the name of one kind of thing stands: its model and the path of the field."""

    model: type[Model]
    field: str


_NAMED = {
    "api_key": _Named(ApiKey, "name"),
    "bank_order": _Named(BankOrder, "holder"),
    "booking": _Named(Booking, "number"),
    "closure": _Named(Closure, "reason"),
    "invoice": _Named(Invoice, "number"),
    "location": _Named(Location, "name"),
    "message": _Named(OutboxMessage, "subject"),
    "ordinance_version": _Named(OrdinanceVersion, "ordinance__name"),
    "party": _Named(Party, "name"),
    "payment": _Named(Payment, "party__name"),
    "photo": _Named(Photo, "alt"),
    "resource": _Named(Resource, "name"),
    "unit": _Named(Unit, "name"),
    "user": _Named(User, "email"),
    "waiting": _Named(WaitingEntry, "name"),
}
_LONGEST_NUMBER = 18  # digits that surely fit a key
_ITS_OWN_NAME = {"period"}  # a month is written as it is called


def audit_trail(*, limit: int) -> tuple[AuditRow, ...]:
    """The newest entries, newest first, with ``subject_name``; one statement more for each kind of thing in them.

    What is gone has no name any more; its entry stays, with an empty one.
    """
    rows = audit_rows(limit=limit)
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.subject_type].add(row.subject_id)
    names = {kind: _names(kind, ids) for kind, ids in wanted.items()}
    return tuple(replace(row, subject_name=names[row.subject_type].get(row.subject_id, "")) for row in rows)


def _names(kind: str, ids: Iterable[str]) -> dict[str, str]:
    """The names of things of one kind, by the id the trail wrote: a number, or a UUID with or without dashes."""
    if kind in _ITS_OWN_NAME:
        return {one: one for one in ids}
    named = _NAMED.get(kind)
    if named is None:
        return {}
    numbers = {int(one): one for one in ids if one.isdecimal() and len(one) <= _LONGEST_NUMBER}
    uuids = {found: one for one in ids if (found := _as_uuid(one))}
    chosen = Q(pk__in=numbers)
    columns = ["pk", named.field]
    if any(field.name == "uuid" for field in named.model._meta.concrete_fields):
        chosen |= Q(uuid__in=uuids)
        columns.append("uuid")
    found_names: dict[str, str] = {}
    manager: Any = named.model._default_manager
    for pk, name, *uuid in manager.filter(chosen).values_list(*columns):
        for written in (numbers.get(pk), uuids.get(uuid[0]) if uuid else None):
            if written is not None:
                found_names[written] = str(name)
    return found_names


def _as_uuid(text: str) -> UUID | None:
    if len(text) not in {32, 36}:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
