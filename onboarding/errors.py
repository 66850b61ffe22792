"""What can go wrong while a town signs up."""

from collections.abc import Sequence

from booking_core.kernel.errors import BookingError, InvalidInput, NotFound


class SignUpGone(NotFound):
    """The link is forged, too old, or the sign-up is not there: told alike."""

    code = "sign-up-gone"


class SignUpSent(BookingError):
    """The sign-up has been sent; its answers do not change any more."""

    code = "sign-up-sent"


class CodeRefused(InvalidInput):
    """Wrong, too old, or tried too often: told alike."""

    code = "code-refused"


class TooManyTries(BookingError):
    """A limit that protects mailboxes and codes."""

    code = "too-many-tries"
    http_status = 429


class NotReady(BookingError):
    """A step is still open, or the name has been taken meanwhile. ``field`` is the step to go to."""

    code = "sign-up-not-ready"


class OrdinanceFaulty(InvalidInput):
    """The uploaded file is no ordinance document. ``lines`` says each mistake with its line."""

    code = "ordinance-file-faulty"

    def __init__(self, message: str, *, field: str = "", lines: Sequence[str] = ()) -> None:
        super().__init__(message, field=field, context={"lines": list(lines)})
        self.lines = tuple(lines)


class LogoRefused(InvalidInput):
    """The file is no picture we can use as a logo."""

    code = "logo-refused"
