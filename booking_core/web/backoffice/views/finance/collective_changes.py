"""Collective invoices that no longer fit their bookings: the list with the differences, and replacing one.

Not here: writing collective invoices (``collective``), what is cancelled and moved (``workflows.collective_changes``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.collective_changes import ChangedInvoice, changed_collective_invoices
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.collective import ReplaceForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    require_all_locations,
)
from booking_core.web.backoffice.presenters.finance.collective import changes_table
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.web.backoffice.views.finance.invoices import SECTION
from booking_core.workflows.collective_changes import changed_invoice, replace_collective
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro

LIST = "backoffice_collective_changes"


def change_list(request: StaffRequest) -> HttpResponse:
    """All of them, with what stands on each and what its bookings cost now."""
    require_all_locations(request)
    listing = ListPage(
        title=_("Sammelrechnungen, die nicht mehr stimmen"),
        lead=_(
            "Nach der Rechnung hat sich eine Buchung geändert: ein Termin mehr, weniger oder zu anderem Preis."
        ),
        table=changes_table(changed_collective_invoices(), may_replace=may(request, roles.BILL)),
        empty=Empty(
            _("Alle Sammelrechnungen stimmen"),
            _("Ändert sich danach noch eine Buchung, steht der Unterschied hier."),
            Action(_("Zu den Sammelrechnungen"), reverse("backoffice_collective")),
            icon="check-circle",
        ),
    )
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Abweichungen"))]
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION, crumbs=crumbs)


def replace_invoice(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Cancel one and write it anew, after a look at both sums."""
    require_all_locations(request)
    found = changed_invoice(uuid)
    form, fault = ReplaceForm(request.POST or None), ""
    if request.method == "POST":
        expected = Money(form.cleaned_data["owed_cents"] if form.is_valid() else -1)
        try:
            replace_collective(uuid, expected_owed=expected, actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Ersetzt. Die E-Mails sind unterwegs."))
            return redirect(LIST)
    return _page(request, found, fault)


def _page(request: StaffRequest, found: ChangedInvoice, fault: str) -> HttpResponse:
    context = {
        "title": _("Sammelrechnung %(number)s ersetzen?") % {"number": found.number},
        "lead": found.party_name,
        "form": ReplaceForm(initial={"owed_cents": found.owed.cents}),
        "fault": fault,
        "tone": "primary",
        "sentences": [
            _("Auf der Rechnung stehen %(asked)s, die Buchungen kosten jetzt %(owed)s.")
            % {"asked": euro(found.asked), "owed": euro(found.owed)},
            _(
                "Eine Stornorechnung nimmt sie zurück, eine neue tritt an ihre Stelle. Was gezahlt wurde, zählt dort."
            ),
        ],
        "submit": _("Ja, ersetzen"),
        "cancel_url": reverse(LIST),
    }
    crumbs = [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Abweichungen"), reverse(LIST)),
        Crumb(found.number),
    ]
    status = 409 if fault else 200
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=status)
