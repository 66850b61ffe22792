"""The list of bookings: filters in the address, pages of 50, the same list as CSV.

Not here: one booking (``views.booking``).
"""

from django.core.paginator import Page as DjangoPage
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import locations, published_resources
from booking_core.identity.access import allowed_locations
from booking_core.identity.contracts import StaffMember
from booking_core.reservations.contracts import BookingFilter, BookingRow
from booking_core.reservations.queries import booking_rows
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.bookings import BookingFilterForm
from booking_core.web.backoffice.forms.fields import Choices, location_choices
from booking_core.web.backoffice.pages import StaffRequest, may, office_page
from booking_core.web.backoffice.presenters.bookings import booking_table
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.spreadsheets import bookings_csv, csv_download

SECTION = "backoffice_bookings"
PER_PAGE = 50
_CSV_PAGE = 1000
_LAST_PAGE = 100_000


def bookings(request: StaffRequest) -> HttpResponse:
    """List bookings as the filters in the address say."""
    form = _filter_form(request)
    wanted = _filter(form, request.staff)
    listing = booking_rows(wanted, page=page_number(request), per_page=PER_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    actions = [
        Action(_("Als CSV laden"), f"{reverse('backoffice_bookings_csv')}?{query.urlencode()}", "download")
    ]
    if may(request, roles.DECIDE):
        actions.insert(0, Action(_("Neue Buchung"), reverse("backoffice_booking_new"), "plus", "primary"))
    context = {
        "title": _("Buchungen"),
        "actions": actions,
        "form": form,
        "filter_label": _("Buchungen filtern"),
        "list_url": reverse(SECTION),
        "is_filtered": any(form.cleaned_data.values()),
        "total": listing.total,
        "table": booking_table(listing.rows, caption=_("Buchungen")),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    return office_page(request, "bookings.html", context, section=SECTION)


def bookings_as_csv(request: StaffRequest) -> HttpResponse:
    """The filtered list as a file, all pages of it."""
    wanted = _filter(_filter_form(request), request.staff)
    name = f"buchungen-{timezone.localdate().isoformat()}.csv"
    return csv_download(bookings_csv(_all_rows(wanted)), name)


def _all_rows(wanted: BookingFilter) -> list[BookingRow]:
    rows: list[BookingRow] = []
    number = 1
    while True:
        page = booking_rows(wanted, page=number, per_page=_CSV_PAGE)
        rows += page.rows
        if not page.has_next:
            return rows
        number += 1


def _filter_form(request: StaffRequest) -> BookingFilterForm:
    places = location_choices(locations(include_unpublished=True), request.staff.location_ids)
    form = BookingFilterForm(
        request.GET, resources=resource_choices(request.staff), locations=places, auto_id="filter_%s"
    )
    form.is_valid()  # a filter with a fault is shown with its error; the rest of it still filters
    return form


def _filter(form: BookingFilterForm, member: StaffMember) -> BookingFilter:
    return form.booking_filter(allowed_locations(member, form.wanted_locations()))


def resource_choices(member: StaffMember) -> Choices:
    """Resources to choose from, as far as ``member`` may see them."""
    return [(str(one.id), _named(one)) for one in visible_resources(member)]


def visible_resources(member: StaffMember) -> list[ResourceView]:
    """All resources at the member's locations, published or not."""
    return [
        one
        for one in published_resources(include_unpublished=True)
        if member.may_see_location(one.location.id)
    ]


def _named(resource: ResourceView) -> str:
    return f"{resource.name} ({resource.location.name})"


def page_number(request: StaffRequest) -> int:
    """The page the address asks for; anything odd is the first."""
    text = request.GET.get("page", "1")
    return min(max(1, int(text)), _LAST_PAGE) if text.isascii() and text.isdecimal() else 1


def django_page(total: int, number: int, per_page: int) -> DjangoPage[int]:
    """A page of numbers, for the component that prints page links."""
    paginator: Paginator[int] = Paginator(range(total), per_page)
    return paginator.get_page(number)
