"""Say how files for the treasury look: CSV profiles, accounts for DATEV.

Not here: taking a file (``handover``), checking and saving (``finance.services.handover_settings``).
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.exports.settings import READY_PROFILES
from booking_core.finance.queries.handover import csv_profiles, datev_settings
from booking_core.finance.services.handover_settings import delete_csv_profile, save_csv_profile, save_datev
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.datev import DatevForm, datev_initial
from booking_core.web.backoffice.forms.finance.handover import CsvProfileForm, profile_initial
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.finance.handover import PAGE
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb

NEW = "neu"


def csv_profile(request: StaffRequest, key: str) -> HttpResponse:
    """Change a profile, or make a new one."""
    require_all_locations(request)
    known = next((one for one in csv_profiles() if one.key == key), None)
    if known is None and key != NEW:
        raise Http404
    start = profile_initial(known) if known else {**profile_initial(READY_PROFILES[0]), "name": ""}
    form = CsvProfileForm(request.POST or None, initial=start)
    if form.is_valid():
        profile = form.profile(known.key if known else "")
        try:
            save_csv_profile(profile, is_new=known is None, actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Das Profil ist gespeichert."))
            return redirect(PAGE)
    actions = []
    if known:
        url = reverse("backoffice_csv_profile_delete", args=[key])
        actions.append(Action(_("Löschen …"), url, "trash", "tertiary"))
    title = known.name if known else _("Neues CSV-Profil")
    return _form_page(request, form, title=title, lead="", actions=actions)


def csv_profile_delete(request: StaffRequest, key: str) -> HttpResponse:
    """Take a profile away."""
    require_all_locations(request)
    known = next((one for one in csv_profiles() if one.key == key), None)
    if known is None:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            delete_csv_profile(key, actor=actor_of(request))
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Das Profil ist gelöscht."))
            return redirect(PAGE)
    context = {
        "title": _("Profil „%(name)s“ löschen?") % {"name": known.name},
        "fault": fault,
        "sentences": [_("Dateien, die damit geladen wurden, bleiben im Protokoll.")],
        "submit": _("Ja, löschen"),
        "cancel_url": reverse("backoffice_csv_profile", args=[key]),
    }
    status = 409 if fault else 200
    return office_page(
        request, "confirm_page.html", context, section=SECTION, crumbs=_crumbs(known.name), status=status
    )


def datev_accounts(request: StaffRequest) -> HttpResponse:
    """Consultant, client and accounts of a DATEV file."""
    require_all_locations(request)
    known = datev_settings()
    form = DatevForm(request.POST or None, initial=datev_initial(known) if known else None)
    if form.is_valid():
        try:
            save_datev(form.settings(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Konten sind gespeichert."))
            return redirect(PAGE)
    lead = _("Was leer bleibt, fragen wir erst, wenn ein Zeitraum es braucht.")
    return _form_page(request, form, title=_("Konten für DATEV"), lead=lead)


def _form_page(
    request: StaffRequest,
    form: CsvProfileForm | DatevForm,
    *,
    title: str,
    lead: str,
    actions: list[Action] | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "actions": actions or [],
        "form": form,
        "submit": _("Speichern"),
        "back_url": reverse(PAGE),
    }
    status = refusal_status(form)
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=_crumbs(title), status=status
    )


def _crumbs(last: str) -> list[Crumb]:
    return [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Übergabe an die Kasse"), reverse(PAGE)),
        Crumb(last),
    ]
