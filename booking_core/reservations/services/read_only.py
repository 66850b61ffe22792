"""The second line behind the doors: while a town is read-only, nobody takes time in it, whoever asks.

Not here: what is refused at the doors (``config.middleware.read_only``), why a town is read-only (``subscriptions``).
"""

from django.utils.translation import gettext as _

from booking_core.reservations.errors import TownReadOnly
from tenants.standing import is_read_only


def read_only_sentence() -> str:
    """What people read: plain, without a word about the reason."""
    return _(
        "Hier sind zurzeit keine neuen Buchungen und keine Änderungen möglich."
        " Ansehen und Stornieren geht weiterhin."
    )


def refuse_when_read_only() -> None:
    """Raise TownReadOnly where the town of this connection is read-only."""
    if is_read_only():
        raise TownReadOnly(read_only_sentence())
