"""The treasurer's charts ready to draw, and the same figures as CSV.

Not here: adding up (``finance.queries.income_charts``, ``reservations.queries.usage``), drawing (``design_system``).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from booking_core.finance.contracts import CountedSum
from booking_core.finance.queries.ages import BY_NAME
from booking_core.finance.queries.income_charts import MonthPair, NamedSum
from booking_core.kernel.money import Money
from booking_core.web.backoffice.presenters.spreadsheets import csv_text
from design_system.charts import Chart, ChartRow, Figure, HeatCell, HeatMap, HeatRow
from design_system.templatetags.formats import euro

_MOST_NAMES = 12
_MONDAY = date(2024, 1, 1)  # a Monday, to name weekdays
_FIRST_HOUR, _LAST_HOUR = 7, 22


def month_chart(rows: Sequence[MonthPair], *, year: int, measure: str) -> Chart:
    """Twelve months beside those of the year before."""
    this_year, last_year = _total(row.this_year for row in rows), _total(row.last_year for row in rows)
    sentence = (
        _("%(year)s wurden %(sum)s gezahlt, im Jahr davor %(before)s.")
        if measure == "paid"
        else _("%(year)s wurden %(sum)s berechnet, im Jahr davor %(before)s.")
    )
    return Chart(
        caption=_("Einnahmen nach Monat"),
        heading=_("Monat"),
        series=(str(year), str(year - 1)),
        rows=[
            ChartRow(
                date_format(date(year, row.month, 1), "F"),
                (_figure(row.this_year), _figure(row.last_year)),
                short=date_format(date(year, row.month, 1), "b").capitalize()[:3],
                url=reverse("backoffice_month", args=[f"{year}-{row.month:02d}"]),
            )
            for row in rows
        ],
        summary=sentence % {"year": year, "sum": euro(this_year), "before": euro(last_year)},
        total=(_("Summe"), euro(this_year), euro(last_year)),
    )


def name_chart(rows: Sequence[NamedSum], *, caption: str, heading: str, labels: Mapping[str, str]) -> Chart:
    """Net sums by name, the largest first; what comes after the twelfth is one line."""
    shown, rest = rows[:_MOST_NAMES], rows[_MOST_NAMES:]
    found = [ChartRow(_name(row.name, labels), (_figure(row.net),)) for row in shown]
    if rest:
        found.append(ChartRow(_("alle übrigen"), (_figure(_total(row.net for row in rest)),)))
    total = _total(row.net for row in rows)
    return Chart(
        caption=caption,
        heading=heading,
        series=(_("Netto"),),
        rows=found,
        summary=_("Am meisten: %(name)s mit %(sum)s von %(total)s.")
        % {"name": found[0].label, "sum": found[0].figures[0].words, "total": euro(total)}
        if found
        else "",
        total=(_("Summe"), euro(total)),
        empty_text=_("In diesem Jahr stehen noch keine Rechnungen."),
    )


def age_chart(ages: Mapping[str, CountedSum]) -> Chart:
    """Open invoices by how long they have been due."""
    total = _total(found.amount for found in ages.values())
    late = _total(found.amount for name, found in ages.items() if name != "due")
    url = reverse("backoffice_invoices")
    return Chart(
        caption=_("Offene Rechnungen nach Alter"),
        heading=_("Fällig seit"),
        series=(_("Offen"),),
        rows=[
            ChartRow(str(BY_NAME[name].label), (_figure(found.amount),), url=f"{url}?state=open&age={name}")
            for name, found in ages.items()
        ],
        summary=_("Offen sind %(total)s, davon %(late)s über die Frist.")
        % {"total": euro(total), "late": euro(late)},
        total=(_("Summe"), euro(total)),
    )


def heat_map(shares: Mapping[tuple[int, int], int], *, location: str) -> HeatMap:
    """Hours × weekdays; hours before and after the usual day are shown where something was booked."""
    hours = [hour for _weekday, hour in shares]
    first, last = min([_FIRST_HOUR, *hours]), max([_LAST_HOUR, *hours])
    days = [date_format(_MONDAY.replace(day=1 + number), "l") for number in range(7)]
    rows = [
        HeatRow(
            _("%(hour)s Uhr") % {"hour": hour},
            [_share(shares.get((weekday, hour), 0)) for weekday in range(7)],
        )
        for hour in range(first, last + 1)
    ]
    return HeatMap(
        caption=_("Auslastung von %(place)s nach Wochentag und Stunde") % {"place": location},
        heading=_("Stunde"),
        columns=[(day, day[:2]) for day in days],
        rows=rows,
        summary=_heat_summary(shares, days),
    )


def chart_csv(chart: Chart) -> str:
    """The table of a chart, plain numbers."""
    lines = [[row.label, *(_plain(figure.value) for figure in row.figures)] for row in chart.rows]
    return csv_text([[chart.heading, *(f"{name} ({_('Euro')})" for name in chart.series)], *lines])


def heat_csv(heat: HeatMap) -> str:
    """The table of a heat map, in percent."""
    head = [heat.heading, *(label for label, _short in heat.columns)]
    return csv_text([head, *([row.label, *(str(cell.percent) for cell in row.cells)] for row in heat.rows)])


def _heat_summary(shares: Mapping[tuple[int, int], int], days: Sequence[str]) -> str:
    if not shares:
        return _("In diesem Zeitraum war hier nichts gebucht.")
    (weekday, hour), percent = max(shares.items(), key=lambda one: (one[1], -one[0][0], -one[0][1]))
    return _("Gebuchter Anteil aller Angebote in Prozent. Am stärksten: %(day)s, %(hour)s Uhr, %(share)s Prozent.") % {
        "day": days[weekday],
        "hour": hour,
        "share": percent,
    }  # fmt: skip


def _share(percent: int) -> HeatCell:
    return HeatCell(percent, str(percent) if percent else "–")


def _name(name: str, labels: Mapping[str, str]) -> str:
    return labels.get(name, name) or _("ohne Angabe")


def _figure(amount: Money) -> Figure:
    return Figure(amount.cents, euro(amount))


def _total(amounts: Iterable[Money]) -> Money:
    return Money(sum(amount.cents for amount in amounts))


def _plain(cents: int) -> str:
    return number_format(Money(cents).euros, use_l10n=True)
