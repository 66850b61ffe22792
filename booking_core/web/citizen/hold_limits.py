"""How much time one visitor may keep without booking: so many holds in a while, then a sentence.

Not here: how long a hold lasts (``reservations.services.holds``), the few drafts of one session (``drafts``).
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError
from tenants.visitors import client_address, may_try

MOST_OF_A_STRANGER = 30
MOST_OF_AN_ACCOUNT = 60
WHILE_SECONDS = 15 * 60


class TooManyHolds(BookingError):
    """One visitor keeps a lot of time free without booking it."""

    code = "too-many-holds"
    http_status = 429


def refuse_too_many_holds(request: HttpRequest) -> None:
    """Count a hold of this account or address in this town. Raises TooManyHolds; without Redis nobody is stopped."""
    if request.user.is_authenticated:
        who, most = f"account:{request.user.pk}", MOST_OF_AN_ACCOUNT
    else:
        who, most = f"address:{client_address(request)}", MOST_OF_A_STRANGER
    if not may_try("hold", who, most=most, seconds=WHILE_SECONDS):
        raise TooManyHolds(
            _(
                "Sie haben in kurzer Zeit sehr viele Zeiten vormerken lassen. "
                "Warten Sie ein paar Minuten, oder schließen Sie eine angefangene Buchung ab."
            )
        )
