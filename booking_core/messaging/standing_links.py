"""Links of one purpose for clubs without an account: give one date back, say that the series goes on.

Not here: the pages they lead to (``web.citizen``). Both only show a button; a mail scanner that follows links
changes nothing.
"""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from tenants.links import tenant_url
from tenants.signing import TokenInvalid, sign, unsign

_RELEASE, _CONTINUE = "release", "continue"
VALID_FOR = timedelta(days=120)


def release_link(uuid: UUID, slot: str) -> str:
    """Where the holder gives one date back: bound to the town, the booking and the date."""
    return tenant_url("date_release", sign([str(uuid), slot], purpose=_RELEASE))


def date_of_token(token: str) -> tuple[UUID, str]:
    """Booking and date of a release link. Raises NotFound."""
    try:
        uuid, slot = unsign(token, purpose=_RELEASE, max_age=VALID_FOR)
        return UUID(uuid), str(slot)
    except (TokenInvalid, ValueError, TypeError) as fault:
        raise NotFound(_link_gone()) from fault


def continue_link(uuid: UUID) -> str:
    """Where the holder says that the series goes on."""
    return tenant_url("series_continue", sign(str(uuid), purpose=_CONTINUE))


def series_of_token(token: str) -> UUID:
    """The booking of a confirmation link. Raises NotFound."""
    try:
        return UUID(unsign(token, purpose=_CONTINUE, max_age=VALID_FOR))
    except (TokenInvalid, ValueError, TypeError, AttributeError) as fault:
        raise NotFound(_link_gone()) from fault


def _link_gone() -> str:
    return _("Dieser Link ist nicht mehr gültig. Bitte wenden Sie sich an die Verwaltung.")
