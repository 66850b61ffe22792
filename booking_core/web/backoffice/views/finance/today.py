"""The treasurer's start page, and the list of what came in.

Not here: the lists the page leads to (``invoices``, ``refunds``, ``reminders``, ``statements``, ``months``).
"""

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from booking_core.finance.queries.income import income_entries, income_sum
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.queries.treasury import treasury_totals
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import SinceForm
from booking_core.web.backoffice.pages import StaffRequest, may, office_page, require_all_locations
from booking_core.web.backoffice.presenters.finance import today as tables
from booking_core.web.backoffice.presenters.finance.invoices import journal_csv
from booking_core.web.backoffice.presenters.finance.totals import total_cards
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.spreadsheets import csv_download
from booking_core.web.backoffice.views.finance.invoices import SECTION
from booking_core.workflows.open_treasury import open_treasury
from design_system.contracts import Crumb, NavItem
from design_system.templatetags.formats import euro, long_date

_LONGEST = timedelta(days=366)


def treasury(request: StaffRequest) -> HttpResponse:
    """What came in, what is to be done, what is open; each number leads to its list."""
    require_all_locations(request)
    now = timezone.now()
    today = timezone.localdate(now)
    day = open_treasury(request.staff.user_id, now=now)
    sentence, month_url = tables.month_words(day)
    context = {
        "title": _("Kasse heute"),
        "lead": long_date(today),
        "pages": _pages(request),
        "is_set_up": finance_profile() is not None,
        "may_set_up": may(request, roles.SET_UP_MONEY),
        "totals": total_cards(treasury_totals()),
        "income": tables.income_table(day, today=today),
        "work": tables.work_table(day),
        "ages": tables.age_table(day),
        "month_sentence": sentence,
        "month_url": month_url,
        "is_month_waiting": day.month is not None,
    }
    return office_page(request, "finance/treasury.html", context, section=SECTION)


def income(request: StaffRequest) -> HttpResponse:
    """What came in since a day, with its sum; the same as a file."""
    require_all_locations(request)
    today = timezone.localdate()
    since = _since(request, today)
    entries = income_entries(since, today)
    if request.GET.get("format") == "csv":
        return csv_download(journal_csv(entries), f"eingaenge-{since.isoformat()}-{today.isoformat()}.csv")
    found = income_sum(since, today)
    csv_url = f"{reverse('backoffice_income')}?seit={since.isoformat()}&format=csv"
    context = {
        "title": _("Eingänge"),
        "lead": _("Erfasst vom %(first)s bis heute: %(sum)s")
        % {"first": long_date(since), "sum": euro(found.amount)},
        "actions": [Action(_("Als CSV laden"), csv_url, "download")],
        "form": SinceForm(initial={"seit": since}, auto_id="filter_%s"),
        "table": tables.income_list(entries),
        "total": found.count,
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Eingänge"))]
    return office_page(request, "finance/income.html", context, section=SECTION, crumbs=crumbs)


def _since(request: StaffRequest, today: date) -> date:
    """The day asked for; today where it is missing, wrong, in the future, or too long ago for one page."""
    try:
        wanted = parse_date(request.GET.get("seit", ""))
    except ValueError:  # looks like a date, but there is no such day
        wanted = None
    return wanted if wanted is not None and today - _LONGEST <= wanted <= today else today


def _pages(request: StaffRequest) -> list[NavItem]:
    pages = [
        NavItem(_("Rechnungen"), reverse("backoffice_invoices"), icon="document"),
        NavItem(_("Sammelrechnungen"), reverse("backoffice_collective"), icon="people"),
        NavItem(_("Erstattungen"), reverse("backoffice_refunds"), icon="arrow-right"),
        NavItem(_("Mahnungen"), reverse("backoffice_reminders"), icon="mail"),
        NavItem(_("Zahlungen online"), reverse("backoffice_payments"), icon="euro"),
        NavItem(_("Kautionen"), reverse("backoffice_deposits"), icon="lock"),
        NavItem(_("Kassenbuch"), reverse("backoffice_journal"), icon="list"),
        NavItem(_("Auswertung"), reverse("backoffice_charts"), icon="chart"),
        NavItem(_("Monatsabschlüsse"), reverse("backoffice_months"), icon="calendar"),
    ]
    if may(request, roles.RECORD_MONEY):
        pages.append(NavItem(_("Übergabe an die Kasse"), reverse("backoffice_handover"), icon="download"))
        pages.insert(1, NavItem(_("Kontoauszüge"), reverse("backoffice_statements"), icon="download"))
        pages.insert(3, NavItem(_("Lastschriften"), reverse("backoffice_debits"), icon="euro"))
    if may(request, roles.SET_UP_MONEY):
        online, profile = reverse("backoffice_online_payments"), reverse("backoffice_money_settings")
        pages.append(NavItem(_("Online bezahlen"), online, icon="settings"))
        pages.append(NavItem(_("Zahlung und Rechnung"), profile, icon="settings"))
        pages.append(NavItem(_("Umsatzsteuer"), reverse("backoffice_tax"), icon="settings"))
    return pages
