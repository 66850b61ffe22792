"""What can go wrong with people and their rights."""

from booking_core.kernel.errors import BookingError, InvalidInput


class LastAdministrator(BookingError):
    """The town would be left without anyone who can grant roles."""

    code = "last-administrator"


class RoleUnknown(InvalidInput):
    """A role the back office does not know."""

    code = "role-unknown"


class KeyRefused(BookingError):
    """An API key that is unknown, expired or revoked: the caller is told the same."""

    code = "api-key-refused"
    http_status = 401
