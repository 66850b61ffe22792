"""The main host's front page and the platform's own legal pages.

Not here: the wizard (``wizard``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onboarding.agreement import AGREEMENT_VERSION
from tenants.queries import open_towns


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, how to join, who is there already."""
    return render(request, "onboarding/landing.html", {"towns": open_towns()})


@require_safe
def platform_page(request: HttpRequest, *, page: str) -> HttpResponse:
    """Imprint, privacy or accessibility of the platform."""
    return render(request, f"onboarding/platform_{page}.html")


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """The full text of the data-processing agreement."""
    return render(request, "onboarding/agreement.html", {"version": AGREEMENT_VERSION})
