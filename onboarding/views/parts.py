"""Small answers while a page is filled in: is this address free, how will this colour look. Only for scripts.

Not here: the same checks when the page is sent (``forms``).
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from design_system.colours import InvalidColourError, css_variables, guard
from onboarding.birth_plans import DEFAULT_COLOUR
from onboarding.errors import SignUpGone
from onboarding.forms.access import verdict_on
from onboarding.queries import sign_up_of


@never_cache
@require_safe
def name_verdict(request: HttpRequest, token: str) -> HttpResponse:
    """One sentence about a sub-domain."""
    try:
        verdict = verdict_on(request.GET.get("slug", "")[:80], sign_up_of(token))
    except SignUpGone:
        return HttpResponse(status=404)
    return render(request, "onboarding/parts/name_verdict.html", {"verdict": verdict})


@never_cache
@require_safe
def colour_verdict(request: HttpRequest, token: str) -> HttpResponse:
    """What the contrast guard makes of a colour."""
    try:
        sign_up_of(token)
        palette = guard(request.GET.get("brand_colour", ""))
    except (SignUpGone, InvalidColourError):
        return HttpResponse(status=404)
    return render(request, "onboarding/parts/colour_verdict.html", {"palette": palette})


@require_safe
def palette(request: HttpRequest, token: str) -> HttpResponse:
    """The guarded colours as CSS variables, for the preview while a colour is being chosen."""
    try:
        sign_up_of(token)
        return JsonResponse(css_variables(guard(request.GET.get("colour", "")).light))
    except (SignUpGone, InvalidColourError):
        return HttpResponse(status=404)


@never_cache
@require_safe
def preview_style(_request: HttpRequest, token: str) -> HttpResponse:
    """The chosen colours for the preview only; the wizard itself keeps the platform's."""
    try:
        colour = sign_up_of(token).answer("look", "brand_colour") or DEFAULT_COLOUR
    except SignUpGone:
        return HttpResponse(status=404)
    variables = ";".join(f"{name}:{value}" for name, value in css_variables(guard(colour).light).items())
    return HttpResponse(f"[data-preview]{{{variables}}}", content_type="text/css; charset=utf-8")
