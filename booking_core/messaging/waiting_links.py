"""The link with which someone comes back to their place on the waiting list: signed, of this town.

Not here: the page it leads to (``web.citizen``).
"""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from tenants.links import tenant_url
from tenants.signing import TokenInvalid, sign, unsign

PURPOSE = "waiting"
VALID_FOR = timedelta(days=800)


def waiting_link(uuid: UUID) -> str:
    """The absolute address under which the holder sees, takes up and gives up the entry."""
    return tenant_url("waiting_entry", waiting_token(uuid))


def waiting_token(uuid: UUID) -> str:
    """What the link carries."""
    return sign(str(uuid), purpose=PURPOSE)


def entry_of_token(token: str) -> UUID:
    """The entry a link leads to. Raises NotFound for a link that is forged, of another town or too old."""
    try:
        return UUID(unsign(token, purpose=PURPOSE, max_age=VALID_FOR))
    except (TokenInvalid, ValueError) as fault:
        raise NotFound(
            _("Dieser Link ist nicht mehr gültig. Bitte wenden Sie sich an die Verwaltung.")
        ) from fault
