"""Requests nobody can mean are refused; domain errors that no view turned into a sentence become a page with it.

Not here: the API's problem documents (``booking_core.api.problems``).
"""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking_core.kernel.errors import BookingError

Handler = Callable[[HttpRequest], HttpResponse]


class NulByteMiddleware:
    """Refuse addresses with a NUL byte: no browser sends one, and the database could not even look for it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> None:
        """After the town is known, so that the page for people has its look."""
        if "\0" in request.path or any(
            "\0" in value for values in request.GET.lists() for value in values[1]
        ):
            raise SuspiciousOperation("NUL byte in the address")


class DomainErrorMiddleware:
    """Show a BookingError as a page with its own status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BookingError):
            return None
        return render(request, "refused.html", {"sentence": error.message}, status=error.http_status)
