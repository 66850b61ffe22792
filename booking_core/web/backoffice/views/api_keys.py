"""Keys for other software: list, make (the secret is shown once), change what they may do, revoke.

Not here: what the keys open (``api``).
"""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.api_keys import api_keys, change_api_key, create_api_key, revoke_api_key
from booking_core.identity.contracts import ApiKeyView
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.kernel.spans import end_of_day_or
from booking_core.web.backoffice.forms.api_keys import ApiKeyForm, ApiKeyRightsForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.web.backoffice.presenters.people import api_key_table
from design_system.contracts import Crumb
from tenants.context import tenant_zone

SECTION = "backoffice_api_keys"


def keys(request: StaffRequest) -> HttpResponse:
    """List all keys with their state."""
    found, now = api_keys(), timezone.now()
    create = Action(_("Schlüssel anlegen"), reverse("backoffice_api_key_new"), "plus", "primary")
    listing = ListPage(
        title=_("Schnittstelle"),
        lead=_("Mit einem Schlüssel liest oder bucht ein anderes Programm im Namen der Gemeinde."),
        actions=[create],
        table=api_key_table(found, {key.id: _state(key, now) for key in found}),
        empty=Empty(
            _("Noch keine Schlüssel"),
            _("Legen Sie einen an, wenn ein Programm Daten braucht."),
            create,
            "key",
        ),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION)


def new_key(request: StaffRequest) -> HttpResponse:
    """Make a key; the answer to the form is the only page that ever shows its secret."""
    form = ApiKeyForm(request.POST or None)
    if form.is_valid():
        last_day = form.cleaned_data["expires_on"]
        expires_at = end_of_day_or(last_day, 24 * 60, tenant_zone()) if last_day else None
        try:
            key, secret = create_api_key(
                form.cleaned_data["name"],
                list(form.cleaned_data["scopes"]),
                actor=actor_of(request),
                expires_at=expires_at,
            )
        except BookingError as error:
            show_error(form, error)
        else:
            return _page(request, "api_key_made.html", {"key": key, "secret": secret})
    return _page(
        request,
        "form_page.html",
        {
            "title": _("Schlüssel anlegen"),
            "form": form,
            "submit": _("Anlegen"),
            "back_url": reverse(SECTION),
        },
        status=refusal_status(form),
    )


def change_key(request: StaffRequest, key_id: int) -> HttpResponse:
    """Change what a key is called and may do; its secret stays."""
    key = _key(key_id)
    form = ApiKeyRightsForm(request.POST or None, initial={"name": key.name, "scopes": key.scopes})
    if form.is_valid():
        try:
            change_api_key(
                key_id, form.cleaned_data["name"], list(form.cleaned_data["scopes"]), actor=actor_of(request)
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Gespeichert. Die Rechte gelten ab der nächsten Anfrage."))
            return redirect(SECTION)
    context = {
        "title": key.name,
        "lead": _("Der Schlüssel selbst bleibt gleich. Im Programm müssen Sie nichts ändern."),
        "form": form,
        "submit": _("Speichern"),
        "back_url": reverse(SECTION),
    }
    return _page(request, "form_page.html", context, status=refusal_status(form))


def revoke_key(request: StaffRequest, key_id: int) -> HttpResponse:
    """End a key, after asking."""
    key = _key(key_id)
    if request.method == "POST":
        revoke_api_key(key_id, actor=actor_of(request))
        messages.success(request, _("Der Schlüssel „%(name)s“ gilt nicht mehr.") % {"name": key.name})
        return redirect(SECTION)
    sentence = _("Das Programm mit dem Schlüssel „%(name)s“ bekommt ab sofort keine Antwort mehr.") % {
        "name": key.name
    }
    return _page(
        request,
        "confirm_page.html",
        {
            "title": _("Schlüssel sperren?"),
            "sentences": [sentence, _("Das lässt sich nicht rückgängig machen.")],
            "submit": _("Ja, sperren"),
            "cancel_url": reverse(SECTION),
        },
    )


def _key(key_id: int) -> ApiKeyView:
    for key in api_keys():
        if key.id == key_id:
            return key
    raise NotFound(_("Diesen Schlüssel gibt es nicht."))


def _page(
    request: StaffRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    crumbs = [Crumb(_("Schnittstelle"), reverse(SECTION)), Crumb(_("Schlüssel"))]
    return office_page(request, template, context, section=SECTION, crumbs=crumbs, status=status)


def _state(key: ApiKeyView, now: datetime) -> str:
    if key.revoked_at:
        return "revoked"
    return "expired" if key.expires_at and key.expires_at <= now else "active"
