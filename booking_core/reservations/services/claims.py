"""Which units a use needs: the claims of its resources, widened by set-up and cleaning time.

Not here: taking them (``occupy``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from booking_core.catalog.models import Location, Resource
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import TooMany
from booking_core.reservations.models import BookingItem
from booking_core.reservations.services.occupy import Claim, time_limits

M = TypeVar("M", bound=Model)

_CLAIMS = (
    "SELECT claim.resource_id, claim.unit_id, claim.is_counted, unit.pieces,"
    " resource.buffer_before_minutes, resource.buffer_after_minutes,"
    " resource.name, resource.slug, place.id, place.name"
    " FROM catalog_resourceunit claim JOIN catalog_unit unit ON unit.id = claim.unit_id"
    " JOIN catalog_resource resource ON resource.id = claim.resource_id"
    " JOIN catalog_location place ON place.id = resource.location_id"
    " WHERE claim.resource_id = ANY(%s) ORDER BY claim.unit_id, claim.resource_id"
)
_LOCKED = " FOR NO KEY UPDATE OF unit"  # in the order of the units' ids: the claims are sorted first


@dataclass(frozen=True, slots=True)
class _Claimed:
    """One unit a resource needs, with what has to be known of both."""

    resource_id: int
    unit_id: int
    is_counted: bool
    stock: int
    before_minutes: int
    after_minutes: int
    resource_name: str
    resource_slug: str
    location_id: int
    location_name: str


def claims_for(items: Sequence[ItemData], *, rows: Sequence[BookingItem] = ()) -> list[Claim]:
    """The claims of all items; ``rows`` are the bookings' stored items, in the order of ``items``.

    Holds the resources until the transaction ends (``FOR KEY SHARE``), so that nobody divides a hall between
    reading its claims and taking them. Raises InvalidInput, NotFound, TooMany.
    """
    check_items(items)
    hold_still(_resource_ids(items))
    return _claims(items, rows, _read_claims(items))


def claims_held_still(items: Sequence[ItemData], *, rows: Sequence[BookingItem]) -> list[Claim]:
    """The claims of items whose resources are held still already. The rows get their resource. One statement."""
    found = _read_claims(items)
    _name_resources(rows, found)
    return _claims(items, rows, found)


def locked_claims(
    items: Sequence[ItemData], *, rows: Sequence[BookingItem]
) -> tuple[list[Claim], dict[int, int]]:
    """The claims of items whose resources are held still already, and the stock of their units, locked in id order.

    One statement. The rows get their resource and its location. Only where nothing else is freed in the same breath:
    units of that would have to be locked in the same order. Raises NotFound, TooMany.
    """
    found = _read_claims(items, suffix=_LOCKED)
    _name_resources(rows, found)
    return _claims(items, rows, found), {claim.unit_id: claim.stock for claim in found}


def _name_resources(rows: Sequence[BookingItem], found: Sequence[_Claimed]) -> None:
    """Give each row its resource with its location, as far as a booking says who they are."""
    resources = {claim.resource_id: _resource(claim) for claim in found}
    for row in rows:
        if row.resource_id in resources:
            row.resource = resources[row.resource_id]


def _resource(claim: _Claimed) -> Resource:
    place = {"id": claim.location_id, "name": claim.location_name}
    known = {
        "id": claim.resource_id,
        "name": claim.resource_name,
        "slug": claim.resource_slug,
        "location_id": claim.location_id,
    }
    resource = _partly_loaded(Resource, known)
    resource.location = _partly_loaded(Location, place)
    return resource


def _partly_loaded(model: type[M], known: Mapping[str, object]) -> M:
    """A row of which only some columns are known. ``from_db`` wants them in the order of the model."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db("default", names, [known[name] for name in names])


def _resource_ids(items: Sequence[ItemData]) -> list[int]:
    return sorted({item.resource_id for item in items})


def _read_claims(items: Sequence[ItemData], *, suffix: str = "") -> list[_Claimed]:
    """The units of the items' resources in order of their ids. Written out: building it costs more than asking it."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS + suffix, [_resource_ids(items)])
        return [_Claimed(*row) for row in cursor.fetchall()]


def _claims(items: Sequence[ItemData], rows: Sequence[BookingItem], found: Iterable[_Claimed]) -> list[Claim]:
    by_resource: dict[int, list[_Claimed]] = defaultdict(list)
    for claim in found:
        by_resource[claim.resource_id].append(claim)
    if any(item.resource_id not in by_resource for item in items):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    stored: Sequence[BookingItem | None] = rows or [None] * len(items)
    return [
        _claim(claim, item, row)
        for item, row in zip(items, stored, strict=True)
        for claim in by_resource[item.resource_id]
    ]


def check_items(items: Sequence[ItemData]) -> None:
    """Refuse a wish for nothing before anything is written. Raises InvalidInput."""
    if not items:
        raise InvalidInput(_("Wählen Sie, was Sie buchen möchten, und wann."))
    if any(item.quantity < 1 for item in items):
        raise InvalidInput(_("Geben Sie eine Zahl größer als null ein."), field="quantity")


def hold_still(resource_ids: Sequence[int]) -> None:
    """Keep these resources' claims as they are until the transaction ends; other bookings are not held up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_resource WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [list(resource_ids)],
        )


def hold_still_and_draw(items: Sequence[ItemData]) -> tuple[int, list[int]]:
    """The same for the resources of a new booking, with the keys of the booking and its items, and the time limits.

    One statement. A booking's number is made from its key. Gaps are allowed, doubles impossible. Raises NotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH limits AS MATERIALIZED"
            " (SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)),"
            " drawn AS MATERIALIZED"
            " (SELECT nextval(pg_get_serial_sequence('reservations_booking', 'id')) AS booking_id,"
            " (SELECT array_agg(nextval(pg_get_serial_sequence('reservations_bookingitem', 'id')))"
            " FROM generate_series(1, %s)) AS item_ids)"
            " SELECT drawn.booking_id, drawn.item_ids FROM limits, drawn, catalog_resource resource"
            " WHERE resource.id = ANY(%s) ORDER BY resource.id FOR KEY SHARE OF resource",
            [*time_limits(), len(items), _resource_ids(items)],
        )
        drawn: tuple[int, list[int]] | None = cursor.fetchone()
    if drawn is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return drawn


def _claim(claimed: _Claimed, item: ItemData, row: BookingItem | None) -> Claim:
    if claimed.is_counted and item.quantity > claimed.stock:
        raise TooMany(
            _("So viele gibt es nicht. Es sind höchstens %(pieces)s.") % {"pieces": claimed.stock},
            field="quantity",
            context={"most": claimed.stock},
        )
    return Claim(
        unit_id=claimed.unit_id,
        span=blocked_span(item.span, claimed.before_minutes, claimed.after_minutes),
        pieces=item.quantity if claimed.is_counted else None,
        item_id=None if row is None else row.pk,
        booking_id=None if row is None else row.booking_id,
    )


def blocked_span(use: Span, before_minutes: int, after_minutes: int) -> Span:
    """The use with the buffers around it: what is really taken."""
    return use.widened(timedelta(minutes=before_minutes), timedelta(minutes=after_minutes))
