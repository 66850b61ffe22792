"""What every page of the back office shares: who asks, the frame around the page, errors beside fields.

Not here: what single pages show (``views``), which page is for whom (``roles``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor, StaffMember
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.navigation import side_navigation
from design_system.contracts import Crumb


class StaffRequest(HttpRequest):
    """A request that passed a back-office door: ``staff`` is the member who asks."""

    staff: StaffMember
    htmx: Any  # django-htmx sets it; its truth says whether htmx asks


def actor_of(request: StaffRequest) -> Actor:
    """The person at the desk, as history and audit trail name them."""
    return Actor(request.staff.name or request.staff.email, request.staff.user_id, by_staff=True)


def office_page(
    request: StaffRequest,
    template: str,
    context: Mapping[str, object],
    *,
    section: str,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
) -> HttpResponse:
    """Print a page inside the back office's frame. ``section`` is the route the menu marks as current."""
    start = Crumb(_("Verwaltung"), reverse("backoffice_today"))
    frame = {
        "side_nav": side_navigation(request.staff, section),
        "breadcrumbs": [start, *crumbs] if crumbs else [],
        "member": request.staff,
    }
    return render(request, f"backoffice/{template}", {**frame, **context}, status=status)


def show_error(form: BaseForm, error: BookingError) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def may(request: StaffRequest, roles: frozenset[str]) -> bool:
    """Tell whether a page shows what ``roles`` may do."""
    return request.staff.has_any(roles)


def require(request: StaffRequest, roles: frozenset[str]) -> None:
    """Refuse a change to those who may only look. Raises PermissionDenied."""
    if not may(request, roles):
        raise PermissionDenied


def require_all_locations(request: StaffRequest) -> None:
    """Refuse pages whose lists cannot be cut down to some locations. Raises PermissionDenied."""
    if request.staff.location_ids:
        raise PermissionDenied


def refusal_status(form: BaseForm) -> int:
    """200 for a fresh form, 422 for one that came back with errors."""
    return 422 if form.is_bound else 200
