"""What does it cost? The calculator over the ordinances in force, and every price in words.

Not here: the price of a booking (``booking_time``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.ordinances.contracts import StoredVersion, Tariff
from booking_core.ordinances.queries import tables_of
from booking_core.web.citizen import gathering
from booking_core.web.citizen.presenters import prices
from booking_core.web.citizen.presenters.links import resource_url, with_query
from booking_core.web.tariffs.answers import (
    CalculatorView,
    calculator_view,
    keep_out_of_indexes,
    refuse_haste,
)
from booking_core.web.tariffs.calculating import Calculation, Priced, calculate
from design_system.contracts import Crumb, NavItem
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class ResourcePrices:
    """One resource with its prices in words; no sections where a clerk names the price."""

    name: str
    place: str
    url: str
    sections: tuple[prices.TariffSection, ...]


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    """Calculator and price tables of everything the town offers."""
    resources = published_resources()
    bound = gathering.tariffs_of(resources, timezone.localdate())
    versions = _versions(bound.values())
    calculator, calculation = _calculator(request, versions)
    is_asked = calculation is not None and calculation.is_asked
    context = {
        "calculator": calculator,
        "resources": [_prices(one, bound.get(one.id)) for one in resources],
        "rules": _rules(versions),
        "breadcrumbs": [Crumb(_("Start"), reverse("town_home")), Crumb(_("Was kostet es?"))],
    }
    status = calculation.status(is_part=bool(request.htmx)) if calculation else 200  # type: ignore[attr-defined]
    response = render(request, "citizen/tariffs.html", context, status=status)
    return keep_out_of_indexes(response, is_asked=is_asked)


def _versions(tariffs: Iterable[Tariff]) -> list[StoredVersion]:
    """The versions in force today, each once, the one that prices most first."""
    found = [tariff.version for tariff in tariffs if tariff.version is not None]
    counts = {version.id: sum(one.id == version.id for one in found) for version in found}
    return sorted(
        {version.id: version for version in found}.values(), key=lambda one: (-counts[one.id], one.id)
    )


def _calculator(
    request: HttpRequest, versions: list[StoredVersion]
) -> tuple[CalculatorView | None, Calculation | None]:
    if not versions:
        return None, None
    wanted = request.GET.get("ordnung", "")
    version = next((one for one in versions if one.ordinance_code == wanted), versions[0])
    priced = Priced(version.document, tenant_zone(), version.readings)
    calculation = calculate(request.GET, priced, now=timezone.now())
    refuse_haste(request, is_asked=calculation.is_asked)
    action = reverse("tariffs")
    view = calculator_view(
        calculation,
        action=action,
        source=version.ordinance_name,
        hidden=[("ordnung", version.ordinance_code)] if len(versions) > 1 else [],
        tabs=[
            NavItem(
                one.ordinance_name,
                f"{with_query(action, ordnung=one.ordinance_code)}#rechner",
                one is version,
            )
            for one in versions
        ],
    )
    return view, calculation


def _prices(resource: ResourceView, tariff: Tariff | None) -> ResourcePrices:
    return ResourcePrices(
        resource.name,
        resource.location.name,
        resource_url(resource.slug),
        prices.tariff_sections(tables_of(tariff)),
    )


def _rules(versions: list[StoredVersion]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules of use of each ordinance, once for all its resources."""
    return [
        (
            version.ordinance_name,
            list(
                dict.fromkeys(
                    (prices.in_words(rule.text), rule.paragraph) for rule in version.document.rules_in_words
                )
            ),
        )
        for version in versions
    ]
