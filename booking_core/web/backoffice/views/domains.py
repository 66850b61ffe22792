"""The town's web addresses: enter an own domain, prove it, choose the primary one, give one up.

Not here: other settings (``views.settings``), looking into the DNS (``tenants.own_domains``).
"""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError, NotFound
from booking_core.web.backoffice.forms.domains import DomainForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.domains import claim_facts, hosts_table, state_notice
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.settings import settings_tabs
from booking_core.workflows.own_domains import (
    check_own_domain,
    choose_primary_domain,
    claim_own_domain,
    own_claim,
    own_claims,
    own_hosts,
    release_own_domain,
)
from design_system.contracts import Crumb
from tenants.own_domains.contracts import HostView

SECTION = "backoffice_settings"
LIST = "backoffice_domains"


def domains(request: StaffRequest) -> HttpResponse:
    """List the town's addresses."""
    context = {
        "title": _("Einstellungen"),
        "tabs": settings_tabs("webadressen"),
        "table": hosts_table(own_hosts(), own_claims()),
        "actions": [
            Action(_("Eigene Adresse eintragen"), reverse("backoffice_domain_new"), "plus", "primary")
        ],
    }
    return office_page(request, "domains.html", context, section=SECTION, crumbs=_crumbs())


def new_domain(request: StaffRequest) -> HttpResponse:
    """Enter an own domain; its page says how to prove it."""
    form = DomainForm(request.POST or None)
    if form.is_valid():
        try:
            claim = claim_own_domain(form.cleaned_data["domain"], actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            show_error(form, error)
        else:
            return redirect("backoffice_domain", claim.uuid)
    context = {
        "title": _("Eigene Adresse eintragen"),
        "lead": _("Ihre Seite antwortet dann auch dort. Die jetzige Adresse bleibt."),
        "form": form,
        "submit": _("Eintragen"),
        "back_url": reverse(LIST),
    }
    crumbs = _crumbs(_("Eintragen"))
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def domain(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show where one claim stands and the records that belong into the DNS."""
    claim = own_claim(uuid)
    context = {
        "title": claim.shown,
        "claim": claim,
        "notice": state_notice(claim),
        "facts": claim_facts(claim),
        "target": settings.BASE_HOST,
        "check_url": reverse("backoffice_domain_check", args=[uuid]),
        "primary_url": f"{reverse('backoffice_domain_primary')}?adresse={claim.domain}",
        "release_url": reverse("backoffice_domain_release", args=[uuid]),
        "may_be_primary": claim.state == "verified" and not claim.is_primary,
    }
    return office_page(request, "domain.html", context, section=SECTION, crumbs=_crumbs(claim.shown))


def check_domain(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Look into the DNS now."""
    claim = check_own_domain(uuid, actor=actor_of(request), now=timezone.now())
    if claim.finding == "found":
        messages.success(request, _("Geprüft: Der Eintrag ist da."))
    else:
        messages.warning(request, _("Geprüft: Der Nachweis ist noch nicht gelungen."))
    return redirect("backoffice_domain", uuid)


def choose_primary(request: StaffRequest) -> HttpResponse:
    """Let all links lead to one of the town's hosts, after asking."""
    host = _host(request.POST.get("adresse") or request.GET.get("adresse", ""))
    if request.method == "POST":
        choose_primary_domain(host.host, actor=actor_of(request))
        messages.success(request, _("Alle Links führen jetzt zu %(host)s.") % {"host": host.shown})
        return redirect(LIST)
    sentences = [
        _("Alle Links in E-Mails, Kalendern und Rechnungen führen danach zu %(host)s.") % {"host": host.shown},
        _("Wer sich mit einem Passkey anmeldet, legt dort einmal einen neuen an. Passwort und Code gelten weiter."),
        _("Nutzen Sie einen Anmeldedienst, tragen Sie dort die neue Adresse als Rücksprungadresse ein."),
        _("Die bisherige Adresse antwortet weiter."),
    ]  # fmt: skip
    context = {
        "title": _("Zur Hauptadresse machen?"),
        "sentences": sentences,
        "notices": _pointing_notices(host),
        "submit": _("Ja, zur Hauptadresse machen"),
        "cancel_url": reverse(LIST),
        "tone": "calm",
    }
    return office_page(
        request, "confirm_page.html", context, section=SECTION, crumbs=_crumbs(_("Hauptadresse"))
    )


def release_domain(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Give an own domain up, after asking."""
    claim = own_claim(uuid)
    if request.method == "POST":
        release_own_domain(uuid, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("Die Adresse %(host)s ist entfernt.") % {"host": claim.shown})
        return redirect(LIST)
    sentences = [
        _("Ihre Seite antwortet danach nicht mehr unter %(host)s. Links dorthin führen ins Leere.")
        % {"host": claim.shown},
        _(
            "Den Eintrag im DNS können Sie dann löschen. Wollen Sie die Adresse zurück, weisen Sie sie neu nach."
        ),
    ]
    if claim.is_primary:
        sentences.append(_("Alle Links führen wieder zu der Adresse, die Sie von uns haben."))
    context = {
        "title": _("Adresse entfernen?"),
        "sentences": sentences,
        "submit": _("Ja, entfernen"),
        "cancel_url": reverse("backoffice_domain", args=[uuid]),
    }
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=_crumbs(claim.shown))


def _host(name: str) -> HostView:
    for host in own_hosts():
        if host.host == name:
            return host
    raise NotFound(_("Diese Adresse ist nicht nachgewiesen."))


def _pointing_notices(host: HostView) -> list[Notice]:
    claim = next((one for one in own_claims() if one.domain == host.host), None)
    if claim is None or claim.pointing in {"", "here"}:
        return []
    return [
        Notice(
            "warning",
            _("%(host)s führt Besucherinnen und Besucher noch nicht hierher.") % {"host": host.shown},
            _("Richten Sie zuerst den CNAME ein. Sonst führen Links in E-Mails ins Leere."),
        )
    ]


def _crumbs(*labels: str) -> list[Crumb]:
    steps = [
        Crumb(_("Einstellungen"), reverse(SECTION)),
        Crumb(_("Webadressen"), reverse(LIST) if labels else ""),
    ]
    return [*steps, *(Crumb(label) for label in labels)]
