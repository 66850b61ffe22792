"""Rights over single things: one booking, one location. Every back-office view that opens one asks here.

Not here: rights over whole pages (``tenants.access``). What a member may not see is told like what is not there.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from booking_core.identity.contracts import StaffMember
from booking_core.kernel.errors import NotAllowed, NotFound


class HasLocation(Protocol):
    """Something that stands at one location."""

    @property
    def location_id(self) -> int: ...


class HasItems(Protocol):
    """A booking, as far as its places matter."""

    @property
    def items(self) -> Sequence[HasLocation]: ...


BookingT = TypeVar("BookingT", bound=HasItems)


def access_booking(member: StaffMember, booking: BookingT, *, for_writing: bool = False) -> BookingT:
    """Give back ``booking`` if ``member`` may see it: one of its places is theirs.

    For writing all of its places must be. Raises NotFound, or NotAllowed where seeing is fine but deciding is not.
    """
    places = [member.may_see_location(item.location_id) for item in booking.items]
    if not any(places):
        raise NotFound(_("Diese Buchung gibt es nicht."))
    if for_writing and not all(places):
        raise NotAllowed(
            _("Diese Buchung betrifft auch Standorte, für die Sie nicht zuständig sind."),
        )
    return booking


def access_location(member: StaffMember, location_id: int) -> int:
    """Give back ``location_id`` if it is one of the member's. Raises NotFound."""
    if not member.may_see_location(location_id):
        raise NotFound(_("Diesen Standort gibt es nicht."))
    return location_id


def allowed_locations(member: StaffMember, wanted: Iterable[int] = ()) -> frozenset[int]:
    """Cut a wish for locations down to the member's; empty means all, and only where the member may see all.

    Raises NotFound where nothing of the wish is left.
    """
    chosen = frozenset(wanted)
    if not member.location_ids:
        return chosen
    cut = chosen & member.location_ids if chosen else member.location_ids
    if not cut:
        raise NotFound(_("Diesen Standort gibt es nicht."))
    return cut
