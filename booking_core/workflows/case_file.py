"""Everything a clerk needs to decide about one booking, gathered from the rooms in one read.

Not here: the decision (``decide_booking``), how it is printed (``web.backoffice``).
"""

from dataclasses import dataclass
from uuid import UUID

from booking_core.identity.access import access_booking
from booking_core.identity.contracts import PartyView, StaffMember
from booking_core.identity.queries import party_by_uuid
from booking_core.messaging.contracts import MessageRow
from booking_core.messaging.queries import messages_about
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.queries import stored_version
from booking_core.reservations.contracts import BookingRow, BookingView, TakenView
from booking_core.reservations.queries import booking_by_uuid, conflicts_of, party_history


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One booking with its surroundings. ``version`` is None where no ordinance priced it."""

    booking: BookingView
    party: PartyView
    conflicts: tuple[TakenView, ...]
    history: tuple[BookingRow, ...]
    messages: tuple[MessageRow, ...]
    version: StoredVersion | None


def case_file(uuid: UUID, *, member: StaffMember) -> CaseFile:
    """Gather the file of one booking as ``member`` may see it. Raises NotFound."""
    booking = access_booking(member, booking_by_uuid(uuid))
    version_id = booking.ordinance_version_id
    return CaseFile(
        booking=booking,
        party=party_by_uuid(booking.party_uuid),
        conflicts=conflicts_of(uuid) if booking.is_open else (),
        history=party_history(booking.party_id, uuid, location_ids=member.location_ids),
        messages=messages_about("booking", str(uuid)),
        version=stored_version(version_id) if version_id else None,
    )
