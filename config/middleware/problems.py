"""Software that calls gets a problem document (RFC 9457) for every refusal, also where no view was reached.

Unknown and suspended hosts, wrong methods, CSRF, broken requests and crashes are answered by Django with pages for
people; below ``/api/`` and wherever JSON is asked for, they leave as documents. Not here: the refusals of the
interface's own views (``booking_core.api.problems``).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from booking_core.api.problems import MEDIA_TYPE, problem_body, problem_words

Handler = Callable[[HttpRequest], HttpResponse]
_FIRST_REFUSAL = 400
_OWN_HEADERS = frozenset({"content-type", "content-length", "content-language", "content-encoding", "etag"})


class ProblemMiddleware:
    """Turn refusals into problem documents for those who read them better."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < _FIRST_REFUSAL or not wants_documents(request):
            return response
        if response.headers.get("Content-Type", "").split(";")[0] == MEDIA_TYPE:
            return response
        return _document_for(request, response)


def wants_documents(request: HttpRequest) -> bool:
    """True for the interface, and for whoever prefers JSON to a page."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", "application/json", MEDIA_TYPE]) not in {
        None,
        "text/html",
    }


def _document_for(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The refusal as a document; its other headers (Retry-After, Allow, policies) and cookies stay."""
    with translation.override(translation.get_language_from_request(request)):
        code, detail = problem_words(response.status_code, is_host_known=hasattr(request, "tenant"))
        body = problem_body(response.status_code, code, detail)
    document = JsonResponse(
        body, status=response.status_code, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    for name, value in response.headers.items():
        if name.lower() not in _OWN_HEADERS:
            document.headers[name] = value
    document.cookies = response.cookies
    return document
