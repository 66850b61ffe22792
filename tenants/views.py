"""What a town's host serves about the town itself (colours as a style sheet, logo), and what the proxy asks.

Not here: pages. All answers are public and the same for everyone.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from design_system.colours import brand_css, guard
from tenants.context import current_tenant
from tenants.queries import is_own_domain

LOGO_FOLDER = "marke"
_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"


@require_safe
def brand_style(request: HttpRequest) -> HttpResponse:
    """The town's colours with the contrast guard applied; ``?v=`` is the version they are cached under."""
    tenant = current_tenant()
    answer = HttpResponse(brand_css(guard(str(tenant.brand_colour))), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = _YEAR if request.GET.get("v") == str(tenant.brand_version) else _HOUR
    return answer


@require_safe
def logo(_request: HttpRequest, name: str) -> HttpResponseBase:
    """The town's logo, a PNG we wrote ourselves; any other name is not there."""
    path = f"{LOGO_FOLDER}/{name}"
    if path != current_tenant().logo or not default_storage.exists(path):
        raise Http404
    answer = FileResponse(default_storage.open(path), content_type="image/png")
    answer["Cache-Control"] = _YEAR
    return answer


@require_safe
def certificate_wanted(request: HttpRequest) -> HttpResponse:
    """The proxy's question before it asks for a certificate (``?domain=``): 200 for a town's proven domain, else 404.

    Yes or no, nothing else: no names, no reasons (infra/deploy/Caddyfile, Caddy's ``on_demand_tls``).
    """
    answer = HttpResponse(status=200 if is_own_domain(request.GET.get("domain", "")) else 404)
    answer["Cache-Control"] = "no-store"
    return answer
