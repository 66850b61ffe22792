"""Values as the columns of a booking: price, contact, what is owed for cancelling.

Not here: writing them (``bookings``, ``moves``, ``series``).
"""

from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from booking_core.kernel.money import Money
from booking_core.reservations.contracts import Contact
from booking_core.reservations.drafts import PriceData


def price_columns(price: PriceData) -> dict[str, object]:
    """The columns of a booking that say what it costs."""
    return {
        "quote": dict(price.quote),
        "priced_requests": price.requests,
        "total_cents": price.total.cents,
        "deposit_cents": price.deposit.cents,
        "currency": price.total.currency,
        "ordinance_version_id": price.ordinance_version_id,
    }


def contact_columns(contact: Contact) -> dict[str, str]:
    """The columns of a booking that say who answers for it."""
    return {
        "contact_name": contact.name.strip(),
        "contact_email": contact.email.strip().lower(),
        "contact_phone": contact.phone.strip(),
        "contact_street": contact.street.strip(),
        "contact_postal_code": contact.postal_code.strip(),
        "contact_city": contact.city.strip(),
        "organisation_name": contact.organisation_name.strip(),
    }


def owed_with(fee: Money) -> Combinable:
    """What is owed for cancelling, with what is owed for dates of a series cancelled before."""
    return Coalesce(F("cancellation_cents"), 0) + fee.cents
