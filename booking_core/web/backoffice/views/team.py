"""Staff accounts: list, invite, change roles, revoke.

Not here: API keys (``views.api_keys``), signing in (``identity``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.queries import locations
from booking_core.identity.contracts import StaffRow
from booking_core.identity.queries import staff_members
from booking_core.identity.services import set_roles
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.web.backoffice.forms.fields import location_choices
from booking_core.web.backoffice.forms.team import InvitationForm, RolesForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.lists import Action, ListPage
from booking_core.web.backoffice.presenters.people import staff_table
from booking_core.workflows.invite_colleague import invite_colleague
from design_system.contracts import Crumb

SECTION = "backoffice_team"


def team(request: StaffRequest) -> HttpResponse:
    """List all staff accounts."""
    names = {place.id: place.name for place in locations(include_unpublished=True)}
    listing = ListPage(
        title=_("Team"),
        lead=_("Wer in der Verwaltung mitarbeitet, und für welche Standorte."),
        actions=[Action(_("Einladen"), reverse("backoffice_team_invite"), "plus", "primary")],
        table=staff_table(staff_members(), names),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION)


def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone by e-mail."""
    choices = location_choices(locations(include_unpublished=True), frozenset())
    form = InvitationForm(request.POST or None, locations=choices)
    if form.is_valid():
        try:
            invite_colleague(**form.cleaned_data, actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request,
                _("Die Einladung an %(email)s ist unterwegs.") % {"email": form.cleaned_data["email"]},
            )
            return redirect(SECTION)
    return office_page(
        request,
        "form_page.html",
        {
            "title": _("Kollegin oder Kollegen einladen"),
            "lead": _(
                "Die Person bekommt eine E-Mail und meldet sich mit einem Code an. Ein Passwort ist freiwillig."
            ),
            "form": form,
            "submit": _("Einladung senden"),
            "back_url": reverse(SECTION),
        },
        section=SECTION,
        crumbs=[Crumb(_("Team"), reverse(SECTION)), Crumb(_("Einladen"))],
        status=refusal_status(form),
    )


def team_member(request: StaffRequest, user_id: int) -> HttpResponse:
    """Change what one colleague may do."""
    colleague = _colleague(user_id)
    form = RolesForm(
        request.POST or None,
        initial={"roles": colleague.roles, "location_ids": colleague.location_ids},
        locations=location_choices(locations(include_unpublished=True), frozenset()),
    )
    if form.is_valid():
        try:
            set_roles(user_id, **form.cleaned_data, actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Rollen sind gespeichert und gelten sofort."))
            return redirect(SECTION)
    name = colleague.name or colleague.email
    return office_page(
        request,
        "form_page.html",
        {
            "title": name,
            "lead": colleague.email,
            "form": form,
            "submit": _("Rollen speichern"),
            "back_url": reverse(SECTION),
            "actions": [
                Action(
                    _("Zugang entziehen …"),
                    reverse("backoffice_team_revoke", args=[user_id]),
                    "trash",
                    "tertiary",
                )
            ],
        },
        section=SECTION,
        crumbs=[Crumb(_("Team"), reverse(SECTION)), Crumb(name)],
        status=refusal_status(form),
    )


def revoke(request: StaffRequest, user_id: int) -> HttpResponse:
    """Take all roles away, after asking."""
    colleague = _colleague(user_id)
    name, fault = colleague.name or colleague.email, ""
    if request.method == "POST":
        try:
            set_roles(user_id, (), actor=actor_of(request))
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("%(name)s hat keinen Zugang mehr.") % {"name": name})
            return redirect(SECTION)
    return office_page(
        request,
        "confirm_page.html",
        {
            "title": _("Zugang entziehen?"),
            "sentences": [
                _("%(name)s kann die Verwaltung danach nicht mehr öffnen.") % {"name": name},
                _("Das Konto bleibt bestehen; eigene Buchungen bleiben sichtbar."),
            ],
            "fault": fault,
            "submit": _("Ja, Zugang entziehen"),
            "cancel_url": reverse("backoffice_team_member", args=[user_id]),
        },
        section=SECTION,
        crumbs=[Crumb(_("Team"), reverse(SECTION)), Crumb(name)],
        status=409 if fault else 200,
    )


def _colleague(user_id: int) -> StaffRow:
    for row in staff_members():
        if row.user_id == user_id:
            return row
    raise NotFound(_("Dieses Konto gehört nicht zum Team."))
