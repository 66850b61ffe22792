"""The calculator: one case, what a version says to it, and every rule behind the answer.

Not here: the price of a real booking (``views.new_booking``).
"""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError
from booking_core.ordinances.contracts import OrdinanceView
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.trying import try_version
from booking_core.web.backoffice.forms.ordinances import CalculatorForm
from booking_core.web.backoffice.pages import StaffRequest, office_page, show_error
from booking_core.web.backoffice.presenters.cases import version_name, version_url
from booking_core.web.backoffice.presenters.ordinances import document_choices
from booking_core.web.backoffice.presenters.quotes import QuoteView, in_words, quote_view
from design_system.contracts import Crumb, NavItem

SECTION = "backoffice_calculator"


def calculator(request: StaffRequest) -> HttpResponse:
    """Calculate with the newest version in force; without any ordinance say what to do."""
    versions = _versions(ordinances_list())
    if not versions:
        context = {"title": _("Rechner"), "form": None}
        return office_page(request, "calculator.html", context, section=SECTION)
    return version_calculator(request, versions[0][0])


def version_calculator(request: StaffRequest, version_id: int) -> HttpResponse:
    """Calculate with one version, draft or published. The case travels in the address."""
    found, quote = stored_version(version_id), None
    document = found.document
    form = CalculatorForm(
        request.GET if "codes" in request.GET else None,
        entries=[(one.id, in_words(one.label)) for one in document.resources],
        choices=document_choices(document),
    )
    if form.is_valid():
        try:
            answer = try_version(version_id, form.trial(), now=timezone.now())
            quote = quote_view(answer, source=version_name(found), source_url=version_url(found))
        except BookingError as error:
            show_error(form, error)
    return _page(request, version_id, form, quote, version_name(found))


def _page(
    request: StaffRequest, version_id: int, form: CalculatorForm, quote: QuoteView | None, name: str
) -> HttpResponse:
    tabs = [
        NavItem(label, reverse("backoffice_version_calculator", args=[one]), one == version_id)
        for one, label in _versions(ordinances_list())
    ]
    context = {
        "title": _("Rechner"),
        "lead": name,
        "form": form,
        "quote": quote,
        "tabs": tabs if len(tabs) > 1 else (),
        "action": reverse("backoffice_version_calculator", args=[version_id]),
    }
    crumbs = [Crumb(_("Rechner"), reverse(SECTION)), Crumb(name)]
    return office_page(
        request,
        "calculator.html",
        context,
        section=SECTION,
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


def _versions(ordinances: tuple[OrdinanceView, ...]) -> list[tuple[int, str]]:
    """Per ordinance: drafts and the published versions, newest first; published ordinances come first."""
    rows = [
        (row.state != "published", row.id, f"{one.name} ({row.number})")
        for one in ordinances
        for row in one.versions
    ]
    return [(version_id, label) for _is_draft, version_id, label in sorted(rows, key=lambda row: row[0])]
