"""Domain errors that no view turned into a sentence beside a field become a page with that sentence.

Not here: the API's problem documents (``booking_core.api.problems``).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking_core.kernel.errors import BookingError

Handler = Callable[[HttpRequest], HttpResponse]


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
