"""Pages of the town itself: imprint, privacy, accessibility, the account's home.

Not here: places (``places``), sign-in (django-allauth).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from design_system.contracts import Crumb
from tenants.context import current_tenant


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for this site."""
    return _page(request, gettext_noop("Impressum"), str(current_tenant().imprint))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data."""
    return _page(request, gettext_noop("Datenschutz"), str(current_tenant().privacy))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this site is, and whom to tell about barriers."""
    title = gettext_noop("Erklärung zur Barrierefreiheit")
    return _page(request, title, str(current_tenant().accessibility_statement))


@require_safe
def account_home(request: HttpRequest) -> HttpResponse:
    """Everything about one's account on one page."""
    return render(
        request,
        "citizen/account_home.html",
        {"breadcrumbs": [Crumb(_("Start"), "/"), Crumb(_("Mein Konto"))]},
    )


def _page(request: HttpRequest, german_title: str, text: str) -> HttpResponse:
    """The town's own words, always German; a first line that only repeats the title is left out."""
    title = _(german_title)
    first, _end, rest = text.strip().partition("\n")
    words = rest.strip() if first.strip() == german_title else text
    crumbs = [Crumb(_("Start"), reverse("town_home")), Crumb(title)]
    context = {"page_title": title, "text": words, "breadcrumbs": crumbs}
    return render(request, "citizen/legal.html", context)
