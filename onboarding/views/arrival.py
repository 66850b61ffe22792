"""The first minutes in a new town: signed in by a one-time link, then "what next".

Not here: the back office itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onboarding.arrivals import take_arrival
from tenants.signing import TokenInvalid

_BACKEND = "booking_core.identity.accounts.AccountBackend"


@dataclass(frozen=True, slots=True)
class NextThing:
    """One thing worth doing now. ``url`` is empty while the page for it does not exist."""

    title: str
    text: str
    icon: str
    url: str = ""


@never_cache
@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Sign the first administrator in, once."""
    try:
        user = take_arrival(token)
    except TokenInvalid:
        return render(request, "onboarding/arrival_gone.html", status=410)
    login(request, user, backend=_BACKEND)
    return redirect("welcome")


@never_cache
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """A short list of what comes next."""
    return render(request, "onboarding/welcome.html", {"things": _next_things()})


def _next_things() -> Sequence[NextThing]:
    return (
        NextThing(
            _("Die Seite ansehen"),
            _("So sehen Bürgerinnen und Bürger Ihre Angebote."),
            "home",
            _url("town_home", "/"),
        ),
        NextThing(
            _("Räume und Geräte ergänzen"),
            _("Fotos, Ausstattung und Öffnungszeiten machen Angebote leicht auffindbar."),
            "building",
            _url("backoffice_catalogue"),
        ),
        NextThing(
            _("Preise und Regeln prüfen"),
            _("Die Beträge der Vorlage sind Beispiele. Erst Ihre Satzung macht sie gültig."),
            "euro",
            _url("backoffice_ordinances"),
        ),
        NextThing(
            _("Kolleginnen und Kollegen einladen"),
            _("Jede Person bekommt die Rechte, die sie braucht: Sachbearbeitung, Hausdienst, Kasse."),
            "people",
            _url("backoffice_team"),
        ),
        NextThing(
            _("Ihr Konto schützen"),
            _("Legen Sie einen Passkey oder eine zweite Bestätigung an."),
            "shield",
            _url("mfa_index"),
        ),
    )


def _url(name: str, fallback: str = "") -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback
