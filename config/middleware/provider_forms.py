"""Let the pages lead away that have to: sign-in to the town's login provider, paying and onboarding to Stripe.

A browser checks ``form-action`` along the whole way a form takes, so ``'self'`` would stop the redirect to the
provider, and to wherever the provider sends people on. Only the pages that show the provider's button are opened,
and only in towns that have a provider. Not here: which provider that is (``identity.login_providers``).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from booking_core.identity.login_providers import login_provider
from tenants.context import has_tenant

Handler = Callable[[HttpRequest], HttpResponse]

_STRIPE_PAGES = frozenset({"booking_pay", "backoffice_online_payments"})
_PAGES = frozenset(
    {
        "account_login",
        "account_signup",
        "account_reauthenticate",
        "socialaccount_connections",
        "openid_connect_login",
    }
)


class ProviderFormsMiddleware:
    """Widen ``form-action`` by the scheme of providers on the sign-in pages, by Stripe's hosts where money is paid."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.url_name in _PAGES and has_tenant() and login_provider():
            schemes = ["https:"] if settings.PUBLIC_SCHEME == "https" else ["https:", "http:"]
            response._csp_update = {"form-action": schemes}  # type: ignore[attr-defined]  # read by django-csp
        elif match is not None and match.url_name in _STRIPE_PAGES:
            response._csp_update = {"form-action": settings.STRIPE_PAGES}  # type: ignore[attr-defined]
        return response
