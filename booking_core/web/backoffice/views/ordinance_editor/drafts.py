"""Drafts as a whole: begin one from nothing or from a version, open it, throw it away.

Not here: beginning from a file or the library (``views.ordinances``).
"""

from itertools import count

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError
from booking_core.ordinances.drafts import copy_version, delete_draft, start_ordinance
from booking_core.ordinances.errors import CodeTaken, DraftChanged
from booking_core.ordinances.queries import ordinances_list
from booking_core.web.backoffice.forms.ordinance_editor.beginning import NewOrdinanceForm
from booking_core.web.backoffice.forms.ordinance_editor.revisions import RevisionForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.web.backoffice.presenters.ordinance_editor.sections import PRICES, section_url
from booking_core.web.backoffice.views.ordinance_editor.frame import SECTION, open_draft
from design_system.contracts import Crumb
from tenants.context import current_tenant


def new_ordinance(request: StaffRequest) -> HttpResponse:
    """Begin an ordinance with the least it needs; the sections of the editor fill it."""
    town = current_tenant()
    form = NewOrdinanceForm(
        request.POST or None, initial={"municipality": str(town.official_name), "state": town.federal_state}
    )
    notices: list[Notice] = []
    if form.is_valid():
        try:
            draft = start_ordinance(**form.cleaned_data, actor=actor_of(request))
        except CodeTaken as error:
            show_error(form, error)
            notices = [_way_to(str(error.context["code"]))]
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request, _("Der Entwurf ist angelegt. Gehen Sie die Abschnitte der Reihe nach durch.")
            )
            return redirect(section_url(draft.id, "angebote"))
    context = {
        "title": _("Neue Ordnung"),
        "lead": _(
            "Für den Anfang genügen Name und ein Angebot. Alles Weitere kommt danach, Abschnitt für Abschnitt."
        ),
        "form": form,
        "notices": notices,
        "submit": _("Entwurf anlegen"),
        "back_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Ordnungen"), reverse(SECTION)), Crumb(_("Neu"))]
    return office_page(request, "form_page.html", context, section=SECTION, crumbs=crumbs,
                       status=refusal_status(form))  # fmt: skip


def _way_to(code: str) -> Notice:
    """Where the short name is taken: the ordinance that has it, and a name that is free."""
    known = {one.code: one for one in ordinances_list()}
    free = next(name for name in (f"{code[:70]}-{number}" for number in count(2)) if name not in known)
    there = known[code]
    return Notice(
        "info",
        _("Diesen Kurznamen hat „%(name)s“.") % {"name": there.name},
        _("Legen Sie dort eine neue Fassung an, oder nehmen Sie zum Beispiel „%(code)s“.") % {"code": free},
        reverse("backoffice_version", args=[there.versions[0].id]) if there.versions else reverse(SECTION),
        _("Zur vorhandenen Ordnung"),
    )


def copy(request: StaffRequest, version_id: int) -> HttpResponse:
    """Begin the next version with the text of this one."""
    draft = copy_version(version_id, actor=actor_of(request))
    messages.success(request, _("Fassung %(number)s ist als Entwurf angelegt.") % {"number": draft.number})
    return redirect(section_url(draft.id, PRICES))


def draft(request: StaffRequest, version_id: int) -> HttpResponse:
    """Open a draft where most work is: the prices."""
    return redirect(section_url(open_draft(version_id).id, PRICES))


def discard(request: StaffRequest, version_id: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    found, fault = open_draft(version_id), ""
    form = RevisionForm(request.POST or None, initial={"revision": found.revision})
    if form.is_valid():
        try:
            delete_draft(version_id, revision=form.cleaned_data["revision"], actor=actor_of(request))
        except DraftChanged as error:
            fault, form = str(error), RevisionForm(initial={"revision": error.context["revision"]})
        else:
            messages.success(request, _("Der Entwurf ist gelöscht."))
            return redirect(SECTION)
    context = {
        "fault": fault,
        "form": form,
        "title": _("Entwurf löschen?"),
        "sentences": [
            version_name(found),
            _("Der Entwurf ist danach weg. Veröffentlichte Fassungen bleiben."),
        ],
        "submit": _("Ja, löschen"),
        "cancel_url": reverse("backoffice_version", args=[version_id]),
    }
    crumbs = [Crumb(_("Ordnungen"), reverse(SECTION)), Crumb(version_name(found))]
    return office_page(
        request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=409 if fault else 200
    )
