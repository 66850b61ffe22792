"""What can go wrong in the exchange."""

from booking_core.kernel.errors import BookingError


class NothingToShare(BookingError):
    """Only published versions can be shared, and there is none."""

    code = "exchange-nothing-to-share"


class TakenDown(BookingError):
    """Operators took the entry down; the town alone cannot bring it back."""

    code = "exchange-taken-down"


class WrongSharingState(BookingError):
    """The entry is not in the state this action starts from."""

    code = "exchange-wrong-state"
