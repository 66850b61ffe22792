"""The settings page "payment and invoice".

Not here: checking and saving (``finance.services.profile``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.services.profile import save_profile
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.profile import ProfileForm, initial_of
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb
from tenants.context import current_tenant


def money_settings(request: StaffRequest) -> HttpResponse:
    """Say how the town wants to be paid."""
    require_all_locations(request)
    known = finance_profile()
    initial = initial_of(known) if known else {"creditor_name": current_tenant().official_name[:70]}
    form = ProfileForm(request.POST or None, known=known, initial=initial)
    if form.is_valid():
        try:
            save_profile(form.profile(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Gespeichert. Neue Rechnungen richten sich danach."))
            return redirect(SECTION)
    context = {
        "title": _("Zahlung und Rechnung"),
        "lead": _("Steht auf jeder Rechnung. Schon ausgestellte Rechnungen ändern sich nicht."),
        "actions": [Action(_("Umsatzsteuer"), reverse("backoffice_tax"), "euro")] if known else [],
        "form": form,
        "submit": _("Speichern"),
        "back_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Zahlung und Rechnung"))]
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )
