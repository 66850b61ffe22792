"""What can go wrong when the catalogue is changed."""

from booking_core.kernel.errors import BookingError, InvalidInput


class SlugTaken(InvalidInput):
    """Another place or offer already has this address."""

    code = "slug-taken"


class UnitsInUse(BookingError):
    """The units cannot be changed while something still takes them in the future."""

    code = "units-in-use"


class PhotoRefused(InvalidInput):
    """The file is not a picture we can show, or too large."""

    code = "photo-refused"
