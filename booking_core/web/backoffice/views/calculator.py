"""The calculator: one case, what a version says to it, and every rule behind the answer.

Not here: the price of a real booking (``views.new_booking``).
"""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.ordinances.contracts import OrdinanceView
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.web.backoffice.pages import StaffRequest, office_page
from booking_core.web.backoffice.presenters.cases import version_name, version_url
from booking_core.web.backoffice.presenters.quotes import quote_view
from booking_core.web.tariffs.answers import calculator_view
from booking_core.web.tariffs.calculating import Priced, calculate
from design_system.contracts import Crumb, NavItem
from tenants.context import tenant_zone

SECTION = "backoffice_calculator"


def calculator(request: StaffRequest) -> HttpResponse:
    """Calculate with the newest version in force; without any ordinance say what to do."""
    versions = _versions(ordinances_list())
    if not versions:
        context = {"title": _("Rechner"), "calculator": None}
        return office_page(request, "calculator.html", context, section=SECTION)
    return version_calculator(request, versions[0][0])


def version_calculator(request: StaffRequest, version_id: int) -> HttpResponse:
    """Calculate with one version, draft or published. The case travels in the address."""
    found = stored_version(version_id)
    name, document = version_name(found), found.document
    priced = Priced(document, tenant_zone(), found.readings)
    calculation = calculate(request.GET, priced, now=timezone.now(), with_internal=True)
    quote = (
        quote_view(calculation.quote, document=document, source=name, source_url=version_url(found))
        if calculation.quote is not None
        else None
    )
    context = {
        "title": _("Rechner"),
        "lead": name,
        "calculator": calculator_view(
            calculation, action=reverse("backoffice_version_calculator", args=[version_id]), source=name,
            tabs=_tabs(version_id),
        ),
        "quote": quote,
    }  # fmt: skip
    return office_page(
        request,
        "calculator.html",
        context,
        section=SECTION,
        crumbs=[Crumb(_("Rechner"), reverse(SECTION)), Crumb(name)],
        status=calculation.status(is_part=bool(request.htmx)),
    )


def _tabs(version_id: int) -> list[NavItem]:
    return [
        NavItem(label, reverse("backoffice_version_calculator", args=[one]), one == version_id)
        for one, label in _versions(ordinances_list())
    ]


def _versions(ordinances: tuple[OrdinanceView, ...]) -> list[tuple[int, str]]:
    """Per ordinance: drafts and the published versions, newest first; published ordinances come first."""
    rows = [
        (row.state != "published", row.id, f"{one.name} ({row.number})")
        for one in ordinances
        for row in one.versions
    ]
    return [(version_id, label) for _is_draft, version_id, label in sorted(rows, key=lambda row: row[0])]
