"""Errors a person or a program can act on; each room adds its own subclasses beside its services.

Not here: how an error looks on a page (``web``) or in a problem document (``api``).
"""

from collections.abc import Mapping
from typing import ClassVar


class BookingError(Exception):
    """Refuse a use case with a stable code, a sentence for people and the facts behind it.

    ``code`` is a lower-case slug that never changes (it is the last part of the problem type in the API).
    ``message`` is a complete sentence, already in the reader's language or lazily translated.
    ``field`` names the input at fault, where there is one. ``context`` holds plain JSON values only.
    """

    code: ClassVar[str] = "booking-error"
    http_status: ClassVar[int] = 409

    def __init__(self, message: str, *, field: str = "", context: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.context = dict(context or {})

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(BookingError):
    """The input itself is wrong, whatever the state of the house: a date that does not exist, a negative count."""

    code = "invalid-input"
    http_status = 422


class NotFound(BookingError):
    """The thing asked for is not there, or not there for this person: the two are told alike."""

    code = "not-found"
    http_status = 404


class NotAllowed(BookingError):
    """This person may not do this."""

    code = "not-allowed"
    http_status = 403
