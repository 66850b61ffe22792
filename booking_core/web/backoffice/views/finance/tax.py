"""The page "value added tax": how the town stands to it, a change on a day, looked at before it is decided.

Not here: what a change does (``workflows.tax_change``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.profile import finance_profile, required_profile
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.tax import TaxChangeForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
)
from booking_core.web.backoffice.presenters.finance import tax as words
from booking_core.web.backoffice.views.finance.invoices import SECTION
from booking_core.workflows.tax_change import TaxPreview, change_tax, drop_planned_tax, preview_tax_change
from design_system.contracts import Crumb
from design_system.templatetags.formats import long_date

_PAGE = "backoffice_tax"


def tax_page(request: StaffRequest) -> HttpResponse:
    """First what a change would do, then, once that was seen, the change."""
    require_all_locations(request)
    if finance_profile() is None:
        return redirect("backoffice_money_settings")
    form = TaxChangeForm(request.POST or None)
    preview = None
    if form.is_valid():
        preview = preview_tax_change(form.change())
        if form.cleaned_data["seen"] == preview.terms:
            change_tax(preview.change, actor=actor_of(request))
            sentence = _("Festgelegt: Ab %(day)s gilt der neue Status.")
            messages.success(request, sentence % {"day": long_date(preview.change.from_on)})
            return redirect(_PAGE)
        form = form.with_terms(preview.terms)
    return _page(request, form, preview)


def drop_change(request: StaffRequest) -> HttpResponse:
    """Take back a change that lies ahead."""
    require_all_locations(request)
    try:
        drop_planned_tax(today=timezone.localdate(), actor=actor_of(request))
    except BookingError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Es bleibt beim heutigen Status."))
    return redirect(_PAGE)


def _page(request: StaffRequest, form: TaxChangeForm, preview: TaxPreview | None) -> HttpResponse:
    today, periods = timezone.localdate(), required_profile().tax_periods
    context = {
        "title": _("Umsatzsteuer"),
        "lead": _("Wie die Kommune zur Umsatzsteuer steht. Eine Änderung gilt von einem Tag an."),
        "form": form,
        "periods": words.period_table(periods, today=today),
        "has_plan": any(one.from_on > today for one in periods),
        "is_checked": preview is not None,
    }
    if preview is not None:
        context |= {
            "summary": words.change_words(preview),
            "notices": words.change_notices(preview),
            "table": words.change_table(preview) if preview.bookings else None,
        }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Umsatzsteuer"))]
    status = 200 if preview is not None else refusal_status(form)
    return office_page(request, "finance/tax.html", context, section=SECTION, crumbs=crumbs, status=status)
