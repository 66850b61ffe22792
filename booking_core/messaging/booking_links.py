"""The link with which someone without an account reaches a booking: signed, of this town, for this purpose.

Not here: the page it leads to (``web.citizen``).
"""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from tenants.links import tenant_url
from tenants.signing import TokenInvalid, sign, unsign

PURPOSE = "booking"
VALID_FOR = timedelta(days=400)


def booking_link(uuid: UUID) -> str:
    """The absolute address under which the holder of the link sees and changes this booking."""
    return tenant_url("booking_link", sign(str(uuid), purpose=PURPOSE))


def booking_of_token(token: str) -> UUID:
    """The booking a link leads to. Raises NotFound for a link that is forged, of another town or too old."""
    try:
        return UUID(unsign(token, purpose=PURPOSE, max_age=VALID_FOR))
    except (TokenInvalid, ValueError) as fault:
        raise NotFound(
            _("Dieser Link ist nicht mehr gültig. Bitte wenden Sie sich an die Verwaltung.")
        ) from fault


def staff_booking_link(uuid: UUID) -> str:
    """The absolute address of the booking in the back office."""
    return tenant_url("backoffice_booking", uuid)
