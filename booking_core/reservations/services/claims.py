"""Which units a use needs: the claims of its resources, widened by set-up and cleaning time.

Not here: taking them (``occupy``).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from booking_core.catalog.models import ResourceUnit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import TooMany
from booking_core.reservations.models import BookingItem
from booking_core.reservations.services.occupy import Claim


def claims_for(items: Sequence[ItemData], *, rows: Sequence[BookingItem] = ()) -> list[Claim]:
    """The claims of all items; ``rows`` are the bookings' stored items, in the order of ``items``.

    Holds the resources until the transaction ends (``FOR KEY SHARE``), so that nobody divides a hall between
    reading its claims and taking them. Raises InvalidInput, NotFound, TooMany.
    """
    check_items(items)
    resource_ids = sorted({item.resource_id for item in items})
    hold_still(resource_ids)
    found = ResourceUnit.objects.filter(resource_id__in=resource_ids).select_related("unit", "resource")
    by_resource: dict[int, list[ResourceUnit]] = defaultdict(list)
    for claim in found.order_by("resource_id", "unit_id"):
        by_resource[claim.resource_id].append(claim)
    if any(resource_id not in by_resource for resource_id in resource_ids):
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


def _claim(claimed: ResourceUnit, item: ItemData, row: BookingItem | None) -> Claim:
    if claimed.is_counted and item.quantity > claimed.unit.pieces:
        raise TooMany(
            _("So viele gibt es nicht. Es sind höchstens %(pieces)s.") % {"pieces": claimed.unit.pieces},
            field="quantity",
            context={"most": claimed.unit.pieces},
        )
    resource = claimed.resource
    return Claim(
        unit_id=claimed.unit_id,
        span=blocked_span(item.span, resource.buffer_before_minutes, resource.buffer_after_minutes),
        pieces=item.quantity if claimed.is_counted else None,
        item_id=None if row is None else row.pk,
        booking_id=None if row is None else row.booking_id,
    )


def blocked_span(use: Span, before_minutes: int, after_minutes: int) -> Span:
    """The use with the buffers around it: what is really taken."""
    return use.widened(timedelta(minutes=before_minutes), timedelta(minutes=after_minutes))
