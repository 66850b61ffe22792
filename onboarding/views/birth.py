"""The page that watches a town being built, and the way into it.

Not here: the building (``tenants.provisioning``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from design_system.contracts import TimelineEntry
from onboarding.arrivals import arrival_link
from onboarding.birth_plans import try_again
from onboarding.errors import SignUpGone
from onboarding.queries import sign_up_of
from tenants.queries import BirthView, birth_of


@never_cache
@require_safe
def birth(request: HttpRequest, token: str) -> HttpResponse:
    """Progress, step by step; htmx asks for the inner part again until it is done."""
    try:
        sign_up = sign_up_of(token)
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    view = birth_of(sign_up.tenant_id) if sign_up.tenant_id else None
    if view is None:
        return redirect("sign_up_resume", token)
    part = request.headers.get("HX-Request") == "true"
    template = "onboarding/parts/birth.html" if part else "onboarding/birth.html"
    return render(
        request,
        template,
        {"birth": view, "token": token, "entries": _entries(view), "count": _count_words(view)},
    )


@never_cache
@require_POST
def retry(request: HttpRequest, token: str) -> HttpResponse:
    """Try a failed birth again."""
    try:
        try_again(sign_up_of(token))
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    return redirect("sign_up_birth", token)


@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Lead into the new town, signed in."""
    try:
        link = arrival_link(sign_up_of(token))
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    return redirect(link) if link else redirect("sign_up_birth", token)


def _count_words(view: BirthView) -> str:
    done = sum(step.state == "done" for step in view.steps)
    return ngettext("%(done)s von %(all)s Schritt", "%(done)s von %(all)s Schritten", len(view.steps)) % {
        "done": done,
        "all": len(view.steps),
    }


def _entries(view: BirthView) -> list[TimelineEntry]:
    return [TimelineEntry(step.label, state=step.state) for step in view.steps]
