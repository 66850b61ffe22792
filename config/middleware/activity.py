"""Tell the registry that a town is in use: staff opened a page, or somebody changed something.

Not here: how often that is written (``tenants.activity``).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tenants.activity import note_activity
from tenants.context import has_tenant

Handler = Callable[[HttpRequest], HttpResponse]
_REFUSED = 400


class ActivityMiddleware:
    """Looks at the answer, so that refused requests of strangers do not count."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_use = getattr(request, "staff", None) is not None or request.method == "POST"
        tenant = getattr(request, "tenant", None)
        if is_use and tenant is not None and has_tenant() and response.status_code < _REFUSED:
            note_activity(tenant.pk)
        return response
