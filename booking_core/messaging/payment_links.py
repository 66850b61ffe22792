"""Where people come back to from the page they paid on.

Not here: the page itself (``web.citizen``).
"""

from uuid import UUID

from tenants.links import tenant_url


def payment_link(booking_uuid: UUID, payment_uuid: UUID) -> str:
    """The absolute address of a payment's own page; it opens for who may see the booking."""
    return tenant_url("booking_payment", booking_uuid, payment_uuid)
