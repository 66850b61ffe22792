"""Charts for the treasurer: income by month, group and offer, open invoices by age, occupancy; each also as CSV.

Not here: their figures (``finance.queries.income_charts``), how they look (``presenters.finance.charts``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.queries import locations
from booking_core.finance.queries.ages import open_by_age
from booking_core.finance.queries.income_charts import months_of_year, net_by_group, net_by_offer
from booking_core.reservations.queries.usage import booked_shares
from booking_core.web.backoffice.forms.finance.charts import ChartForm
from booking_core.web.backoffice.pages import StaffRequest, office_page, require_all_locations
from booking_core.web.backoffice.presenters.finance import charts
from booking_core.web.backoffice.presenters.groups import group_labels
from booking_core.web.backoffice.presenters.spreadsheets import csv_download
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.charts import Chart, HeatMap
from design_system.contracts import Crumb

_YEARS = 6
PAGE = "backoffice_charts"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the address asks for. ``location`` None: the town has none."""

    year: int
    measure: str
    location: tuple[int, str] | None


def chart_page(request: StaffRequest) -> HttpResponse:
    """All charts as the filters in the address say."""
    require_all_locations(request)
    form, wanted = _read(request)
    query = request.GET.urlencode()

    def csv_url(part: str) -> str:
        return f"{reverse('backoffice_chart_csv', args=[part])}?{query}"

    context = {
        "title": _("Auswertung"),
        "form": form,
        "months": _months(wanted),
        "groups": _groups(wanted),
        "offers": _offers(wanted),
        "ages": _ages(wanted),
        "heat": _heat(wanted),
        "csv": {part: csv_url(part) for part in (*_CHARTS, "auslastung")},
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Auswertung"))]
    return office_page(request, "finance/charts.html", context, section=SECTION, crumbs=crumbs)


def chart_csv(request: StaffRequest, part: str) -> HttpResponse:
    """The table of one chart as a file."""
    require_all_locations(request)
    _form, wanted = _read(request)
    name = f"{part}-{wanted.year}.csv"
    if part == "auslastung":
        heat = _heat(wanted)
        return csv_download(charts.heat_csv(heat) if heat is not None else "", name)
    chart = _CHARTS.get(part)
    if chart is None:
        raise Http404
    return csv_download(charts.chart_csv(chart(wanted)), name)


def _read(request: StaffRequest) -> tuple[ChartForm, _Wanted]:
    today = timezone.localdate()
    places = locations(include_unpublished=True)
    years = range(today.year, today.year - _YEARS, -1)
    usual = {"year": str(today.year), "measure": "paid", "location": places[0].slug if places else ""}
    asked = {name: request.GET.get(name) or value for name, value in usual.items()}
    form = ChartForm(
        asked, years=years, locations=[(one.slug, one.name) for one in places], auto_id="filter_%s"
    )
    form.is_valid()  # a filter with a fault is shown with its error; the usual counts instead of it
    chosen = {**usual, **form.cleaned_data}
    place = next(((one.id, one.name) for one in places if one.slug == chosen["location"]), None)
    return form, _Wanted(int(chosen["year"]), chosen["measure"], place)


def _months(wanted: _Wanted) -> Chart:
    rows = months_of_year(wanted.year, measure=wanted.measure)
    return charts.month_chart(rows, year=wanted.year, measure=wanted.measure)


def _groups(wanted: _Wanted) -> Chart:
    return charts.name_chart(
        net_by_group(wanted.year),
        caption=_("Entgelte nach Gruppe"),
        heading=_("Gruppe"),
        labels=group_labels(),
    )


def _offers(wanted: _Wanted) -> Chart:
    return charts.name_chart(
        net_by_offer(wanted.year), caption=_("Entgelte nach Angebot"), heading=_("Angebot"), labels={}
    )


def _ages(_wanted: _Wanted) -> Chart:
    return charts.age_chart(open_by_age(today=timezone.localdate()))


def _heat(wanted: _Wanted) -> HeatMap | None:
    if wanted.location is None:
        return None
    last = min(date(wanted.year, 12, 31), timezone.localdate())
    shares = booked_shares(wanted.location[0], first_on=date(wanted.year, 1, 1), last_on=last)
    return charts.heat_map(shares, location=wanted.location[1])


_CHARTS: Mapping[str, Callable[[_Wanted], Chart]] = {
    "monate": _months,
    "gruppen": _groups,
    "angebote": _offers,
    "alter": _ages,
}
