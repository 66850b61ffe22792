"""Who is at the door: the viewer the rules ask for, the actor history names, the bookings someone may open.

Not here: proving an e-mail address (``guest_proof``), roles of the back office (``config.middleware.access``).
"""

from uuid import UUID

from django.http import Http404, HttpRequest

from booking_core.identity.accounts import facts_of
from booking_core.identity.contracts import Actor
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.bookings import bookings_of
from booking_core.web.citizen.guest_proof import proven_email
from booking_core.workflows.contracts import Viewer

_GROUP_KEY = "booking_group"
_OPENED_KEY = "opened_bookings"
_MOST_OPENED = 20


def viewer_of(request: HttpRequest) -> Viewer:
    """The account at the door, a guest with a proven address, or a stranger."""
    if request.user.is_authenticated:
        facts = facts_of(request.user)
        if facts is not None:
            return Viewer(
                user_id=facts.user_id,
                email=facts.email,
                is_staff=facts.is_staff,
                is_resident=facts.is_resident,
                is_registered=facts.is_registered,
                group=facts.customer_group,
            )
    return Viewer(email=proven_email(request))


def actor_of(request: HttpRequest, *, name: str = "") -> Actor:
    """Who history names: the account, else the guest by ``name`` or proven address."""
    user = request.user
    if user.is_authenticated:
        return Actor(label=str(user.name or user.email), user_id=user.pk)
    return Actor(label=name or proven_email(request))


def remembered_group(request: HttpRequest) -> str:
    """The group the visitor chose to book as; empty where none was chosen. Makes no session."""
    return str(request.session.get(_GROUP_KEY, ""))


def remember_group(request: HttpRequest, group: str) -> None:
    """Keep the chosen group for the next pages; writes only where it changes."""
    if group and group != remembered_group(request):
        request.session[_GROUP_KEY] = group


def open_by_link(request: HttpRequest, uuid: UUID) -> None:
    """Remember that the visitor holds the signed link to this booking."""
    opened = [entry for entry in request.session.get(_OPENED_KEY, []) if entry != str(uuid)]
    request.session[_OPENED_KEY] = [*opened, str(uuid)][-_MOST_OPENED:]


def require_own(request: HttpRequest, booking: BookingView) -> BookingView:
    """Let through who made the booking, proved its address or came by its link; everyone else sees 404."""
    if str(booking.uuid) in request.session.get(_OPENED_KEY, []):
        return booking
    user_id = request.user.pk if request.user.is_authenticated else None
    email = str(request.user.email) if request.user.is_authenticated else proven_email(request)
    is_own = user_id is not None and booking.booked_by_id == user_id
    if is_own or booking.uuid in {row.uuid for row in bookings_of(user_id=user_id, email=email)}:
        return booking
    raise Http404
