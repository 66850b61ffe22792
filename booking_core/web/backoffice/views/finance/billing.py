"""Bill a booking: what the invoice will say, lines to add, send it.

Not here: what follows by itself when a booking changes (``workflows.billing``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.queries.profile import finance_profile
from booking_core.identity.access import access_booking
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import OwnLineFormSet, own_lines
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page
from booking_core.workflows.bill_lines import draft_for
from booking_core.workflows.billing import bill_booking
from design_system.contracts import Cell, Column, Crumb, Table
from design_system.templatetags.formats import euro

SECTION = "backoffice_bookings"


def bill(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show the lines the ordinance gives, take more, write and send the invoice."""
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    formset = OwnLineFormSet(request.POST or None, prefix="zeilen")
    fault = ""
    if request.method == "POST" and formset.is_valid():
        try:
            invoice = bill_booking(uuid, own_lines=own_lines(formset), actor=actor_of(request))
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(
                request,
                _("Rechnung %(number)s ist geschrieben und unterwegs.") % {"number": invoice.row.number},
            )
            return redirect("backoffice_booking", uuid)
    context = {
        "title": _("Rechnung schreiben"),
        "lead": f"{booking.title} · {booking.number}",
        "fault": fault,
        "is_set_up": finance_profile() is not None,
        "may_set_up": may(request, roles.SET_UP_MONEY),
        "lines": _line_table(booking),
        "formset": formset,
        "recipient": booking.contact.email,
        "back_url": reverse("backoffice_booking", args=[uuid]),
    }
    crumbs = [
        Crumb(_("Buchungen"), reverse(SECTION)),
        Crumb(booking.number, reverse("backoffice_booking", args=[uuid])),
        Crumb(_("Rechnung")),
    ]
    status = 409 if fault else 422 if formset.is_bound else 200
    return office_page(request, "finance/bill.html", context, section=SECTION, crumbs=crumbs, status=status)


def _line_table(booking: BookingView) -> Table:
    draft = draft_for(booking, next(reversed(settlements_of(booking.id)), None))
    return Table(
        caption=_("Zeilen aus der Entgeltordnung"),
        is_stacked=True,
        empty_text=_("Aus der Entgeltordnung ergibt sich nichts. Ergänzen Sie Zeilen von Hand."),
        columns=[Column(_("Leistung")), Column(_("Fundstelle")), Column(_("Betrag"), is_numeric=True)],
        rows=[[line.label, line.paragraph, euro(Money(line.cents))] for line in draft.lines],
        footer=[Cell(_("Summe")), "", euro(Money(draft.expected_cents))] if draft.lines else (),
    )
