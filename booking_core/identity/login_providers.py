"""The town's own login provider (OpenID Connect), kept as allauth's ``SocialApp`` in the town's schema.

Not here: signing in with it (django-allauth).
"""

import ipaddress
import json
import socket
from dataclasses import dataclass
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput

PROVIDER = "openid_connect"
PROVIDER_ID = "town"
_WELL_KNOWN = "/.well-known/openid-configuration"
_TIMEOUT_SECONDS = 5
_MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class LoginProvider:
    """A provider without its secret."""

    name: str
    issuer: str
    client_id: str
    has_secret: bool


def login_provider() -> LoginProvider | None:
    """The provider of this town; None where there is none."""
    app = SocialApp.objects.filter(provider=PROVIDER).order_by("id").first()
    if app is None:
        return None
    return LoginProvider(app.name, app.settings.get("server_url", ""), app.client_id, bool(app.secret))


@transaction.atomic
def save_login_provider(*, name: str, issuer: str, client_id: str, secret: str, actor: Actor) -> None:
    """Set the provider; an empty secret keeps the old one. Raises InvalidInput."""
    app = SocialApp.objects.select_for_update().filter(provider=PROVIDER).order_by("id").first()
    if app is None and not secret:
        raise InvalidInput(
            _("Geben Sie das Geheimnis ein, das Ihr Anmeldedienst Ihnen nennt."), field="secret"
        )
    app = app or SocialApp(provider=PROVIDER, provider_id=PROVIDER_ID)
    app.name, app.client_id = name, client_id
    app.settings = {**app.settings, "server_url": issuer}
    app.secret = secret or app.secret
    app.save()
    audit("login_provider.saved", actor=actor, subject_type="login_provider", data={"issuer": issuer})


@transaction.atomic
def remove_login_provider(*, actor: Actor) -> None:
    """Let nobody sign in through a provider any more; accounts stay."""
    SocialApp.objects.filter(provider=PROVIDER).delete()
    audit("login_provider.removed", actor=actor, subject_type="login_provider")


def check_issuer(issuer: str) -> tuple[str, ...]:
    """Fetch the provider's discovery document and return the endpoints it names.

    Raises InvalidInput with a sentence that says what is wrong. Only public HTTPS addresses are asked, so that the
    check cannot be used to look into our own network; in the demo local ones are allowed.
    """
    address = issuer.rstrip("/") + ("" if issuer.rstrip("/").endswith(_WELL_KNOWN) else _WELL_KNOWN)
    _refuse_private(address)
    try:
        with build_opener(_NoRedirects).open(Request(address), timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 — the scheme is checked above
            document = json.loads(answer.read(_MOST_BYTES))
    except (URLError, OSError, ValueError) as fault:
        raise InvalidInput(
            _("Unter %(address)s antwortet kein Anmeldedienst.") % {"address": address}, field="issuer"
        ) from fault
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not isinstance(document, dict) or any(not isinstance(document.get(name), str) for name in wanted):
        raise InvalidInput(_("Die Antwort ist keine Beschreibung eines Anmeldedienstes."), field="issuer")
    return tuple(document[name] for name in wanted)


def _refuse_private(address: str) -> None:
    parts = urlsplit(address)
    if getattr(settings, "DEMO", False) and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise InvalidInput(_("Die Adresse beginnt mit https://"), field="issuer")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise InvalidInput(_("Diesen Server gibt es nicht."), field="issuer") from fault
    if any(not ipaddress.ip_address(entry[4][0]).is_global for entry in found):
        raise InvalidInput(_("Diese Adresse liegt nicht im öffentlichen Netz."), field="issuer")


class _NoRedirects(HTTPRedirectHandler):
    """A redirect could lead past the check of the address."""

    def redirect_request(self, *_args: object, **_options: object) -> None:
        return None
