"""The main host's front page and the platform's own legal pages.

Not here: the wizard (``wizard``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onboarding.agreement import AGREEMENT_VERSION
from onboarding.forms.towns import TownSearchForm
from tenants.queries import open_towns


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, how to join, who is there already."""
    form = TownSearchForm(request.GET)
    text = form.cleaned_data["ort"] if form.is_valid() else ""
    towns, page = open_towns(text=text, page=request.GET.get("seite", "1"))
    context = {"towns": towns, "page": page, "form": form, "is_searched": bool(text)}
    return render(request, "onboarding/landing.html", context)


@require_safe
def platform_page(request: HttpRequest, *, page: str) -> HttpResponse:
    """Imprint, privacy or accessibility of the platform."""
    return render(request, f"onboarding/platform_{page}.html")


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """The full text of the data-processing agreement."""
    return render(request, "onboarding/agreement.html", {"version": AGREEMENT_VERSION})
