"""The months of the ledger: what each came to, close one, open the last one again.

Not here: what closing means (``finance.services.periods``).
"""

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.periods import MonthTotals, month_totals, months
from booking_core.finance.services.periods import close_month, reopen_month
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import ReasonForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.months import (
    month_facts,
    month_name,
    month_table,
    sum_table,
    tax_table,
)
from booking_core.web.backoffice.presenters.lists import Action, ListPage
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb

LIST = "backoffice_months"


def month_list(request: StaffRequest) -> HttpResponse:
    """The last two years, newest first."""
    require_all_locations(request)
    listing = ListPage(
        title=_("Monatsabschlüsse"),
        lead=_("Ein abgeschlossener Monat nimmt keine Buchungen mehr an."),
        table=month_table(months(today=timezone.localdate())),
    )
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Monatsabschlüsse"))]
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION, crumbs=crumbs)


def month(request: StaffRequest, when: str) -> HttpResponse:
    """One month: sums by kind, tax, balances before and after."""
    require_all_locations(request)
    return _page(request, _first_day(when), "")


def month_close(request: StaffRequest, when: str) -> HttpResponse:
    """Close this month and all before it."""
    require_all_locations(request)
    first_on = _first_day(when)
    if request.method == "POST":
        try:
            close_month(first_on, actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            return _page(request, first_on, str(error))
        messages.success(request, _("%(month)s ist abgeschlossen.") % {"month": month_name(first_on)})
    return redirect("backoffice_month", when)


def month_reopen(request: StaffRequest, when: str) -> HttpResponse:
    """Open the last closed month again, with a reason."""
    require_all_locations(request)
    first_on = _first_day(when)
    totals = month_totals(first_on, today=timezone.localdate())
    if not totals.is_last_closed:
        return redirect("backoffice_month", when)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            reopen_month(reason=form.cleaned_data["text"], actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Der Monat ist wieder offen. Der Grund steht im Protokoll."))
            return redirect("backoffice_month", when)
    context = {
        "title": _("%(month)s wieder öffnen?") % {"month": month_name(first_on)},
        "sentences": [_("Danach sind wieder Buchungen in diesem Monat möglich. Das steht im Protokoll.")],
        "form": form,
        "submit": _("Ja, wieder öffnen"),
        "cancel_url": reverse("backoffice_month", args=[when]),
    }
    return office_page(
        request,
        "confirm_page.html",
        context,
        section=SECTION,
        crumbs=_crumbs(first_on),
        status=refusal_status(form),
    )


def _page(request: StaffRequest, first_on: date, fault: str) -> HttpResponse:
    totals = month_totals(first_on, today=timezone.localdate())
    may_close = may(request, roles.RECORD_MONEY)
    when = f"{first_on:%Y-%m}"
    context = {
        "title": month_name(first_on),
        "lead": _("Abgeschlossen") if totals.is_closed else _("Offen"),
        "fault": fault,
        "actions": _actions(totals),
        "facts": month_facts(totals),
        "sums": sum_table(totals),
        "taxes": tax_table(totals),
        "close_url": reverse("backoffice_month_close", args=[when])
        if may_close and totals.is_over and not totals.is_closed
        else "",
        "reopen_url": reverse("backoffice_month_reopen", args=[when])
        if may_close and totals.is_last_closed
        else "",
    }
    return office_page(
        request,
        "finance/month.html",
        context,
        section=SECTION,
        crumbs=_crumbs(first_on),
        status=409 if fault else 200,
    )


def _actions(totals: MonthTotals) -> list[Action]:
    period = f"?first_on={totals.first_on.isoformat()}&last_on={totals.last_on.isoformat()}"
    return [
        Action(_("Kassenbuch"), reverse("backoffice_journal") + period, "list"),
        Action(_("Als CSV laden"), reverse("backoffice_journal_csv") + period, "download", "tertiary"),
    ]


def _crumbs(first_on: date) -> list[Crumb]:
    return [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Monatsabschlüsse"), reverse(LIST)),
        Crumb(month_name(first_on)),
    ]


def _first_day(when: str) -> date:
    try:
        return datetime.strptime(when, "%Y-%m").date()  # noqa: DTZ007 — a month, no instant
    except ValueError as fault:
        raise Http404 from fault
