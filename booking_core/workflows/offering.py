"""Change what is offered so that what is closed stays closed: a new unit at a closed location is closed with it.

Not here: the catalogue's own rules (``catalog.services``), closing and opening (``reservations.services.closures``).
"""

from collections.abc import Sequence

from booking_core.catalog.contracts import ClaimData, ResourceData, ResourceView
from booking_core.catalog.queries import resource_by_id
from booking_core.catalog.services import make_parts, save_resource, set_claims
from booking_core.identity.contracts import Actor
from booking_core.reservations.services.closures import hold_locations_still, keep_closed
from booking_core.reservations.services.reclaim import reclaim
from booking_core.reservations.services.transactions import with_retries


@with_retries
def save_offer(data: ResourceData, *, resource_id: int | None = None, actor: Actor) -> ResourceView:
    """Make a resource or change one, under the closures of its location; other buffers and stocks hold for what is
    booked ahead too. Raises what ``save_resource`` raises, LayoutClashes (with what has to move first).
    """
    before = None if resource_id is None else resource_by_id(resource_id)
    if before is not None and _takes_other_time(before, data):
        reclaim(
            {before.id},
            {claim.unit_id for claim in before.claims},
            change=lambda: _saved_anew(data, before.id, actor),
        )
        keep_closed(before.id)
        return resource_by_id(before.id)
    hold_locations_still({data.location_id, *({before.location.id} if before else ())})
    saved = save_resource(data, resource_id=resource_id, actor=actor)
    keep_closed(saved.id)
    return saved


def _takes_other_time(before: ResourceView, data: ResourceData) -> bool:
    return (before.buffer_before_minutes, before.buffer_after_minutes, before.most_pieces) != (
        data.buffer_before_minutes,
        data.buffer_after_minutes,
        data.pieces,
    )


def _saved_anew(data: ResourceData, resource_id: int, actor: Actor) -> None:
    hold_locations_still([data.location_id])
    save_resource(data, resource_id=resource_id, actor=actor, is_reclaimed=True)


@with_retries
def divide_offer(resource_id: int, part_names: Sequence[str], *, actor: Actor) -> tuple[ResourceView, ...]:
    """Divide a hall; its parts are closed where it is, and who booked the whole has all parts.

    Raises what ``make_parts`` raises.
    """
    whole = resource_by_id(resource_id)
    parts: list[ResourceView] = []

    def divide() -> None:
        parts[:] = make_parts(resource_id, part_names, actor=actor, is_reclaimed=True)

    reclaim({resource_id}, {claim.unit_id for claim in whole.claims}, change=divide)
    keep_closed(resource_id)
    return tuple(parts)


@with_retries
def share_units(resource_id: int, claims: Sequence[ClaimData], *, actor: Actor) -> ResourceView:
    """Let a resource claim these units; they are closed where it is. Raises what ``set_claims`` raises."""
    hold_locations_still([resource_by_id(resource_id).location.id])
    resource = set_claims(resource_id, claims, actor=actor)
    keep_closed(resource_id)
    return resource
