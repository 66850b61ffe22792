"""The SEPA mandate of a party: what was signed, and that it was taken back.

Not here: debits (``refunds``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.services.mandates import end_mandate, take_up_mandate
from booking_core.identity.mandates import mandate_of
from booking_core.identity.queries import party_by_uuid
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.bank import MandateForm
from booking_core.web.backoffice.forms.finance.movements import ReasonForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from design_system.contracts import Crumb

PARTIES = "backoffice_parties"
_FIELDS = ("reference", "signed_on", "kind", "is_one_off", "holder", "iban", "bic")


def party_mandate(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take up what a party has signed."""
    require_all_locations(request)
    party = party_by_uuid(uuid)
    known = mandate_of(party.id)
    initial = (
        {
            name: getattr(known, name)
            for name in ("reference", "signed_on", "kind", "is_one_off", "holder", "iban", "bic")
        }
        if known
        else {"holder": party.name, "signed_on": timezone.localdate(), "kind": "CORE"}
    )
    form = MandateForm(request.POST or None, initial=initial)
    back = reverse("backoffice_party", args=[uuid])
    if form.is_valid():
        try:
            take_up_mandate(uuid, form.mandate(), actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Gespeichert. Neue Rechnungen kündigen den Einzug an."))
            return redirect(back)
    context = {
        "title": _("SEPA-Mandat"),
        "lead": party.name,
        "form": form,
        "submit": _("Speichern"),
        "back_url": back,
    }
    crumbs = [Crumb(_("Kundschaft"), reverse(PARTIES)), Crumb(party.name, back), Crumb(_("SEPA-Mandat"))]
    return office_page(
        request, "form_page.html", context, section=PARTIES, crumbs=crumbs, status=refusal_status(form)
    )


def party_mandate_end(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Note that a party has taken its mandate back."""
    require_all_locations(request)
    party = party_by_uuid(uuid)
    form = ReasonForm(request.POST or None)
    back = reverse("backoffice_party", args=[uuid])
    if form.is_valid():
        try:
            end_mandate(uuid, reason=form.cleaned_data["text"], actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Das Mandat ist beendet."))
            return redirect(back)
    context = {
        "title": _("Mandat beenden?"),
        "lead": party.name,
        "sentences": [_("Danach wird nichts mehr eingezogen. Offene Rechnungen bleiben offen.")],
        "form": form,
        "submit": _("Ja, beenden"),
        "cancel_url": back,
    }
    crumbs = [Crumb(_("Kundschaft"), reverse(PARTIES)), Crumb(party.name, back), Crumb(_("SEPA-Mandat"))]
    return office_page(
        request, "confirm_page.html", context, section=PARTIES, crumbs=crumbs, status=refusal_status(form)
    )
