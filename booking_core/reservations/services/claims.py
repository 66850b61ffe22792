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
from booking_core.reservations.contracts import ItemData
from booking_core.reservations.errors import TooMany
from booking_core.reservations.services.occupy import Claim


def claims_for(items: Sequence[ItemData], *, item_ids: Sequence[int] = ()) -> list[Claim]:
    """The claims of all items; ``item_ids`` name the booking's rows, in the order of ``items``.

    Holds the resources until the transaction ends (``FOR KEY SHARE``), so that nobody divides a hall between
    reading its claims and taking them. Raises InvalidInput, NotFound, TooMany.
    """
    if not items:
        raise InvalidInput(_("Wählen Sie, was Sie buchen möchten, und wann."))
    resource_ids = sorted({item.resource_id for item in items})
    hold_still(resource_ids)
    rows = ResourceUnit.objects.filter(resource_id__in=resource_ids).select_related("unit", "resource")
    by_resource: dict[int, list[ResourceUnit]] = defaultdict(list)
    for row in rows.order_by("resource_id", "unit_id"):
        by_resource[row.resource_id].append(row)
    if any(resource_id not in by_resource for resource_id in resource_ids):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    named: Sequence[int | None] = item_ids or [None] * len(items)
    return [
        _claim(row, item, item_id)
        for item, item_id in zip(items, named, strict=True)
        for row in by_resource[item.resource_id]
    ]


def hold_still(resource_ids: Sequence[int]) -> None:
    """Keep these resources' claims as they are until the transaction ends; other bookings are not held up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_resource WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [list(resource_ids)],
        )


def _claim(row: ResourceUnit, item: ItemData, item_id: int | None) -> Claim:
    if item.quantity < 1:
        raise InvalidInput(_("Geben Sie eine Zahl größer als null ein."), field="quantity")
    if row.is_counted and item.quantity > row.unit.pieces:
        raise TooMany(
            _("So viele gibt es nicht. Es sind höchstens %(pieces)s.") % {"pieces": row.unit.pieces},
            field="quantity",
            context={"most": row.unit.pieces},
        )
    return Claim(
        unit_id=row.unit_id,
        span=blocked_span(item.span, row.resource.buffer_before_minutes, row.resource.buffer_after_minutes),
        pieces=item.quantity if row.is_counted else None,
        item_id=item_id,
    )


def blocked_span(use: Span, before_minutes: int, after_minutes: int) -> Span:
    """The use with the buffers around it: what is really taken."""
    return use.widened(timedelta(minutes=before_minutes), timedelta(minutes=after_minutes))
