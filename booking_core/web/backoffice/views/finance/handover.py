"""Hand a period over to the treasury: look at it, take the file.

Not here: how files look (``handover_settings``), what is in them (``finance.services.handover``).
"""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.exports.settings import CsvProfile
from booking_core.finance.queries.handover import csv_profiles, past_handovers
from booking_core.finance.services.handover import DATEV, hand_over, preview_handover
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.handover import HandoverForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.handover import (
    handover_table,
    month_links,
    past_table,
    profile_choices,
    profile_table,
)
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb

PAGE = "backoffice_handover"


def handover(request: StaffRequest) -> HttpResponse:
    """The period asked for, the last whole month if none is, with its figures."""
    require_all_locations(request)
    profiles = csv_profiles()
    return _page(request, _form(request.GET, profiles), profiles)


def handover_file(request: StaffRequest) -> HttpResponse:
    """Take the file; that is noted."""
    require_all_locations(request)
    profiles = csv_profiles()
    form = _form(request.POST, profiles)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            file = hand_over(
                typed["profile"],
                first_on=typed["first_on"],
                last_on=typed["last_on"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        except BookingError as error:
            show_error(form, error)
        else:
            headers = {
                "Content-Type": file.media_type,
                "Content-Disposition": f'attachment; filename="{file.name}"',
                "Cache-Control": "private, no-store",
            }
            return HttpResponse(file.content, headers=headers)
    return _page(request, form, profiles, status=422)


def _form(asked: QueryDict, profiles: Sequence[CsvProfile]) -> HandoverForm:
    choices = profile_choices(profiles)
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    usual = {"profile": choices[0][0], "first_on": last.replace(day=1), "last_on": last}
    return HandoverForm(asked if "first_on" in asked else usual, profiles=choices, auto_id="filter_%s")


def _page(
    request: StaffRequest, form: HandoverForm, profiles: Sequence[CsvProfile], *, status: int = 200
) -> HttpResponse:
    may_edit = may(request, roles.SET_UP_MONEY)
    context: dict[str, object] = {
        "title": _("Übergabe an die Kasse"),
        "lead": _("Forderungen und Zahlungen als Datei für Ihr Finanzverfahren."),
        "form": form,
        "profiles": profile_table(profiles, may_edit=may_edit),
        "past": past_table(past_handovers()),
        "actions": [
            Action(_("Neues CSV-Profil"), reverse("backoffice_csv_profile", args=["neu"]), "plus"),
            Action(_("Konten für DATEV"), reverse("backoffice_datev"), "settings", "tertiary"),
        ]
        if may_edit
        else [],
        **_preview(form, usual=profile_choices(profiles)[0][0]),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Übergabe an die Kasse"))]
    return office_page(
        request, "finance/handover.html", context, section=SECTION, crumbs=crumbs, status=status
    )


def _preview(form: HandoverForm, *, usual: str) -> dict[str, object]:
    today = timezone.localdate()
    if not form.is_valid():
        return {"months": month_links(usual, today, today, today=today)}
    typed = form.cleaned_data
    key, first, last = typed["profile"], typed["first_on"], typed["last_on"]
    links: dict[str, object] = {"months": month_links(key, first, last, today=today)}
    try:
        preview = preview_handover(key, first_on=first, last_on=last, now=timezone.now())
    except BookingError as error:
        show_error(form, error)
        return links
    return {
        **links,
        "preview": preview,
        "table": handover_table(preview),
        "is_datev": key == DATEV,
        "datev_url": reverse("backoffice_datev"),
        "hidden": {"profile": key, "first_on": first.isoformat(), "last_on": last.isoformat()},
    }
