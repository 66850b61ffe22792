"""The door of a town that may only be looked at: nothing new comes in, everything that is there can be seen and taken.

One rule for every route: what is not a plain reading request is refused, unless ``STILL_OPEN`` names the route and says
why. Not here: why a town is read-only (``subscriptions``); taking time and background work (``reservations.services``,
``tenants.tasks``), which refuse on their own.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from booking_core.api.problems import MEDIA_TYPE, problem_body
from booking_core.identity.contracts import StaffMember
from booking_core.reservations.errors import TownReadOnly
from booking_core.reservations.services.read_only import read_only_sentence
from config.middleware.problems import wants_documents
from tenants.access import ADMINISTRATOR, TREASURER
from tenants.standing import is_read_only

Handler = Callable[[HttpRequest], HttpResponse]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_STATUS = TownReadOnly.http_status

_SIGN_IN = "who cannot sign in can neither see nor export"
_SECURITY = "taking access away must always be possible"
_CANCELS = "gives time back; nobody is held to a booking"
_ASKS = "only computes or shows, writes nothing"
_SETTLES = "the way out: ordering, paying, leaving"

#: Routes that take a state-changing request also while the town is read-only, each with its reason.
STILL_OPEN: dict[str, str] = {
    "set_language": _ASKS,
    "guest_code": _SIGN_IN,
    "guest_leave": _SIGN_IN,
    "own_bookings": _SIGN_IN,
    "arrive": _SIGN_IN,
    "booking_cancel": _CANCELS,
    "own_date_cancel": _CANCELS,
    "booking_pay": "people pay what they owe already; the money is the town's",
    "date_release": _CANCELS,
    "waiting_entry": _CANCELS,
    "backoffice_booking_cancel": _CANCELS,
    "backoffice_date_cancel": _CANCELS,
    "backoffice_decline": _CANCELS,
    "api_booking_cancel": _CANCELS,
    "api_quotes": _ASKS,
    "backoffice_team_revoke": _SECURITY,
    "backoffice_api_key_revoke": _SECURITY,
    "backoffice_handover_file": "a download; only the audit trail grows",
    "api_no_address": "there is nothing to change: every method is answered 404",
    "api_no_such_address": "there is nothing to change: every method is answered 404",
    "backoffice_fee_order": _SETTLES,
    "backoffice_fee_billing": _SETTLES,
    "backoffice_fee_leave": _SETTLES,
    "backoffice_fee_plan": _SETTLES,
    "backoffice_fee_way": _SETTLES,
}
#: Sign-in pages of django-allauth: codes, passwords, second factors.
_SIGN_IN_PREFIXES = ("account_", "mfa_", "socialaccount_", "openid_connect_")

#: Pages that open a form whose sending would be refused: nobody shall type in vain.
STARTS_SOMETHING = frozenset({
    "booking_time", "booking_repeat", "booking_contact", "booking_check", "booking_details", "booking_scope",
    "booking_move", "own_date_move", "own_date_restore", "waiting_join", "series_continue",
    "backoffice_booking_new", "backoffice_series_new", "backoffice_booking_move", "backoffice_booking_details",
    "backoffice_booking_scope", "backoffice_closure_new", "backoffice_resource_new", "backoffice_location_new",
    "backoffice_ordinance_import", "backoffice_ordinance_new", "backoffice_team_invite", "backoffice_api_key_new",
})  # fmt: skip


def is_still_open(route: str) -> bool:
    """Whether a route takes state-changing requests in a read-only town."""
    return route in STILL_OPEN or route.startswith(_SIGN_IN_PREFIXES)


class ReadOnlyMiddleware:
    """Stands behind the access check: strangers are still sent to sign in first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        if not is_read_only():
            return None
        route = request.resolver_match.url_name or "" if request.resolver_match else ""
        is_refused = route in STARTS_SOMETHING if request.method in _SAFE else not is_still_open(route)
        return _refusal(request) if is_refused else None


def _refusal(request: HttpRequest) -> HttpResponse:
    """The sentence as a page, or as a problem document for those who read it better."""
    if wants_documents(request):
        with translation.override(translation.get_language_from_request(request)):
            body = problem_body(_STATUS, TownReadOnly.code, read_only_sentence())
        return JsonResponse(
            body, status=_STATUS, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
        )
    staff: StaffMember | None = getattr(request, "staff", None)
    can_settle = staff is not None and staff.has_any(ADMINISTRATOR | TREASURER)
    context = {
        "sentence": read_only_sentence(),
        "is_staff": staff is not None,
        "fee_url": reverse("backoffice_fee") if can_settle else "",
        "town": request.tenant,  # type: ignore[attr-defined]  # set by TenantMiddleware
    }
    return render(request, "read_only.html", context, status=_STATUS)
