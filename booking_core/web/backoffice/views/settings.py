"""Settings of the town, one page per topic; saving leaves a line in the audit trail.

Not here: web addresses (``views.domains``), plans (``operator_console``).
"""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.login_providers import (
    check_issuer,
    login_provider,
    remove_login_provider,
    save_login_provider,
)
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.web.backoffice.forms.school_holidays import SchoolHolidaysForm, lines_of
from booking_core.web.backoffice.forms.settings import FORMS, LoginProviderForm, facts_of
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.workflows.school_holidays import save_school_holidays
from booking_core.workflows.series_rules import school_holidays
from booking_core.workflows.town_settings import save_town_settings
from design_system.colours import guard
from design_system.contracts import Crumb, NavItem
from tenants.services import changeable_facts

SECTION = "backoffice_settings"
FIRST_TOPIC = "kontakt"


def start(request: StaffRequest) -> HttpResponse:
    """Open the first topic."""
    return settings_topic(request, FIRST_TOPIC)


def settings_topic(request: StaffRequest, topic: str) -> HttpResponse:
    """Show and save one topic."""
    if topic not in FORMS:
        raise NotFound(_("Diese Einstellungen gibt es nicht."))
    facts = changeable_facts()
    form = FORMS[topic](request.POST or None, request.FILES or None, initial={**facts, "logo": None})
    if request.method == "POST":
        form = FORMS[topic](request.POST, request.FILES)
        if form.is_valid():
            try:
                save_town_settings(
                    facts_of(form), actor=actor_of(request), logo=form.cleaned_data.get("logo")
                )
            except BookingError as error:
                show_error(form, error)
            else:
                messages.success(request, _("Gespeichert. Die Webseite zeigt es gleich."))
                return redirect("backoffice_settings_topic", topic)
    notices = _colour_notices(str(facts["brand_colour"])) if topic == "aussehen" else []
    return _page(request, topic, form, notices=notices, has_preview=topic == "aussehen")


def login_settings(request: StaffRequest) -> HttpResponse:
    """Show, test, save or remove the login provider."""
    known = login_provider()
    initial = {"name": known.name, "issuer": known.issuer, "client_id": known.client_id} if known else None
    form, notices = LoginProviderForm(request.POST or None, initial=initial), []
    if request.method == "POST" and request.POST.get("step") == "remove":
        remove_login_provider(actor=actor_of(request))
        messages.success(request, _("Der Anmeldedienst ist entfernt."))
        return redirect("backoffice_settings_login")
    if form.is_valid():
        try:
            if request.POST.get("step") != "test":
                save_login_provider(**form.cleaned_data, actor=actor_of(request))
                messages.success(request, _("Der Anmeldedienst ist gespeichert."))
                return redirect("backoffice_settings_login")
            found = ", ".join(check_issuer(form.cleaned_data["issuer"]))
            notices = [Notice("success", _("Der Anmeldedienst antwortet."), found)]
        except BookingError as error:
            show_error(form, error)
    return _page(request, "anmeldung", form, notices=notices, is_login=True, has_provider=known is not None)


def school_holidays_settings(request: StaffRequest) -> HttpResponse:
    """Show and save the school holidays series leave out."""
    breaks = school_holidays()
    form = SchoolHolidaysForm(
        request.POST or None, request.FILES or None, initial={"zeilen": lines_of(breaks)}
    )
    if request.method == "POST":
        form = SchoolHolidaysForm(request.POST, request.FILES)
        if form.is_valid():
            save_school_holidays(form.cleaned_data["breaks"], actor=actor_of(request))
            count = len(form.cleaned_data["breaks"])
            messages.success(request, _("Gespeichert: %(count)s Einträge.") % {"count": count})
            return redirect("backoffice_settings_holidays")
    notices = [] if breaks else [_no_holidays_notice()]
    return _page(request, "ferien", form, notices=notices)


def _no_holidays_notice() -> Notice:
    return Notice(
        "info",
        _("Noch sind keine Schulferien eingetragen."),
        _(
            "Serien „nicht in den Schulferien“ lassen deshalb keinen Termin aus. Die Termine veröffentlicht Ihr Land."
        ),
    )


def _page(
    request: StaffRequest, topic: str, form: Form, *, notices: list[Notice], **more: bool
) -> HttpResponse:
    context = {
        "title": _("Einstellungen"),
        "tabs": settings_tabs(topic),
        "form": form,
        "notices": notices,
        "facts": changeable_facts(),
        **more,
    }
    crumbs = [
        Crumb(_("Einstellungen"), reverse(SECTION)),
        *(Crumb(tab.label) for tab in settings_tabs(topic) if tab.is_current),
    ]
    status = 422 if form.errors else 200
    return office_page(request, "settings.html", context, section=SECTION, crumbs=crumbs, status=status)


def settings_tabs(current: str) -> list[NavItem]:
    """The topics of the settings; ``current`` is the one that is open."""
    labels = {
        "kontakt": _("Name und Kontakt"),
        "aussehen": _("Aussehen"),
        "buchen": _("Buchen"),
        "rechtliches": _("Rechtliches"),
    }
    holidays = NavItem(_("Schulferien"), reverse("backoffice_settings_holidays"), current == "ferien")
    tabs = [
        NavItem(label, reverse("backoffice_settings_topic", args=[topic]), topic == current)
        for topic, label in labels.items()
    ]
    return [
        *tabs,
        holidays,
        NavItem(_("Webadressen"), reverse("backoffice_domains"), current == "webadressen"),
        NavItem(_("Anmeldedienst"), reverse("backoffice_settings_login"), current == "anmeldung"),
    ]


def _colour_notices(colour: str) -> list[Notice]:
    palette = guard(colour)
    if not palette.has_changed:
        return []
    sentence = _("Statt %(wanted)s zeigen wir %(shown)s, damit Schrift lesbar bleibt.")
    return [
        Notice(
            "info",
            _("Ihre Farbe ist angepasst."),
            sentence % {"wanted": palette.wanted, "shown": palette.light.accent},
        )
    ]
