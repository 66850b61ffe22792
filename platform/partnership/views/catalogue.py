"""The exchange on the main host, for everyone: the catalogue, one ordinance, the calculator.

Not here: sharing and adopting (``views.exchange``).
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.web.tariffs.answers import keep_out_of_indexes, refuse_haste
from booking_core.web.tariffs.choices import in_words
from design_system.contracts import Crumb
from partnership import catalogue, presenters
from partnership.forms import CatalogueForm
from partnership.public_calculator import public_calculation

_PER_PAGE = 50


@require_safe
def shared_ordinances(request: HttpRequest) -> HttpResponse:
    """All entries, filtered by the address."""
    form = CatalogueForm(request.GET)
    page = Paginator(catalogue.entries(form.wanted()), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "table": presenters.catalogue_table(page.object_list, url_of=_url_of),
        "breadcrumbs": [Crumb(_("Start"), reverse("landing")), Crumb(_("Satzungen"))],
    }
    return render(request, "partnership/catalogue.html", context)


@require_safe
def shared_ordinance(request: HttpRequest, slug: str) -> HttpResponse:
    """One ordinance in words, with prices, examples and a calculator."""
    page = catalogue.entry_page(slug)
    found = public_calculation(request.GET, now=timezone.now(), slug=slug, with_tabs=False)
    context = {
        "entry": page.entry,
        "title": in_words(page.entry.name),
        "facts": presenters.entry_facts(page),
        "versions": presenters.version_table(page.versions),
        "document": presenters.document_view(page.document),
        "calculator": found.calculator if found is not None else None,
        "breadcrumbs": [
            Crumb(_("Start"), reverse("landing")),
            Crumb(_("Satzungen"), reverse("shared_ordinances")),
            Crumb(in_words(page.entry.name)),
        ],
    }
    return render(request, "partnership/entry.html", context)


@require_safe
def shared_ordinance_yaml(_request: HttpRequest, slug: str) -> HttpResponse:
    """The document as YAML."""
    return presenters.yaml_answer(catalogue.entry_page(slug).document, name=slug)


@require_safe
def public_calculator(request: HttpRequest) -> HttpResponse:
    """The calculator on a page of its own; the case travels in the address."""
    refuse_haste(request, is_asked=bool(request.GET))
    found = public_calculation(request.GET, now=timezone.now())
    context = {
        "calculator": found.calculator if found is not None else None,
        "entry": found.page.entry if found is not None else None,
        "breadcrumbs": [Crumb(_("Start"), reverse("landing")), Crumb(_("Entgeltrechner"))],
    }
    status = found.calculation.status(is_part=bool(request.htmx)) if found else 200  # type: ignore[attr-defined]
    response = render(request, "partnership/calculator.html", context, status=status)
    return keep_out_of_indexes(response, is_asked=bool(request.GET))


def _url_of(slug: str) -> str:
    return reverse("shared_ordinance", args=[slug])
