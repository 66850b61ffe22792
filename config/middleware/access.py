"""The one check at every door: right schema, right role (law 5). Views declare, this decides.

Not here: rights over single things, such as one booking or one location (``identity.access``).
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from booking_core.identity.queries import staff_member
from operator_console.gate import operator_refusal
from tenants.access import API_KEY, EVERYONE, OPERATOR, SIGNED_IN, Access
from tenants.context import has_tenant

Handler = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Refuse undeclared routes, wrong schemas and missing roles before any view runs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        access: Access | None = getattr(view, "access", None)
        if access is None:
            raise ImproperlyConfigured(f"{request.path} leads to an undeclared route: {view!r}")
        if access.schema != "both" and (access.schema == "tenant") != has_tenant():
            raise Http404
        request.staff = None  # type: ignore[attr-defined]  # a StaffMember in the back office
        if access.roles & (EVERYONE | API_KEY):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access.roles & SIGNED_IN:
            return None
        if access.roles & OPERATOR:
            return operator_refusal(request)
        _require_staff(request, request.user.pk, access)
        return None


def _require_staff(request: HttpRequest, user_id: int, access: Access) -> None:
    """Hand the member of staff to the view. Raises PermissionDenied where no role fits."""
    member = staff_member(user_id)
    if member is None or not member.roles & access.roles:
        raise PermissionDenied
    request.staff = member  # type: ignore[attr-defined]  # read by back-office views
