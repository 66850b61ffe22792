"""Paying online: which ways are on, and the town's own account with Stripe.

Not here: what was paid (``payment_list``), transfers and invoices (``profile``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.providers.stripe.client import is_stripe_set_up
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.services.profile import choose_online_ways
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.online import OnlineWaysForm, initial_ways
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.payments import account_facts
from booking_core.web.backoffice.views.finance.invoices import SECTION
from booking_core.workflows.payments.connecting import connect, disconnect, refresh_account
from design_system.contracts import Crumb
from tenants.stripe_accounts import connected_account

PAGE = "backoffice_online_payments"


def online_payments(request: StaffRequest) -> HttpResponse:
    """Ways and account on one page; the button of the account leads to Stripe."""
    require_all_locations(request)
    step = request.POST.get("schritt", "") if request.method == "POST" else ""
    if step == "verbinden":
        return _to_stripe(request)
    if step == "pruefen":
        return _checked(request)
    profile = finance_profile()
    form = OnlineWaysForm(request.POST if step == "speichern" else None, initial=initial_ways(profile))
    if form.is_valid():
        try:
            choose_online_ways(form.ways(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(PAGE)
    account = connected_account()
    context = {
        "title": _("Online bezahlen"),
        "lead": _("Mit Karte und Lastschrift, auf das eigene Stripe-Konto der Kommune."),
        "is_available": is_stripe_set_up(),
        "is_set_up": profile is not None,
        "may_set_up": True,
        "account": account,
        "facts": account_facts(account) if account else [],
        "form": form,
    }
    return office_page(
        request,
        "finance/online.html",
        context,
        section=SECTION,
        crumbs=_crumbs(),
        status=refusal_status(form),
    )


def returned(request: StaffRequest) -> HttpResponse:
    """Back from Stripe's pages: fetch what it knows now, whatever was done there."""
    return _checked(request)


def go_on(request: StaffRequest) -> HttpResponse:
    """The link was used or too old: make the next and go on."""
    return _to_stripe(request)


def disconnect_account(request: StaffRequest) -> HttpResponse:
    """Stop offering payments on the account; what is under way ends as usual."""
    require_all_locations(request)
    fault = ""
    if request.method == "POST":
        try:
            disconnect(actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Das Konto ist getrennt."))
            return redirect(PAGE)
    context = {
        "title": _("Konto trennen?"),
        "fault": fault,
        "sentences": [
            _("Ab sofort bietet Ihre Seite keine Zahlung mit Karte oder Lastschrift mehr an."),
            _("Was unterwegs ist, wird noch gebucht; Erstattungen laufen weiter."),
            _("Ihr Konto bei Stripe bleibt bestehen. Dort nehmen Sie Biletado den Zugriff ganz."),
        ],
        "submit": _("Ja, trennen"),
        "cancel_url": reverse(PAGE),
    }
    return office_page(
        request,
        "confirm_page.html",
        context,
        section=SECTION,
        crumbs=[*_crumbs(), Crumb(_("Trennen"))],
        status=409 if fault else 200,
    )


def _to_stripe(request: StaffRequest) -> HttpResponse:
    require_all_locations(request)
    try:
        url = connect(
            actor=actor_of(request),
            return_to="backoffice_online_returned",
            again_at="backoffice_online_go_on",
        )
    except BookingError as error:
        messages.error(request, str(error))
        return redirect(PAGE)
    return redirect(url)


def _checked(request: StaffRequest) -> HttpResponse:
    require_all_locations(request)
    account = connected_account()
    if account is None:
        return redirect(PAGE)
    try:
        found = refresh_account(account.account_id, now=timezone.now())
    except BookingError as error:
        messages.error(request, str(error))
        return redirect(PAGE)
    if found is not None and found.charges_enabled:
        messages.success(request, _("Das Konto darf Zahlungen annehmen."))
    else:
        messages.info(request, _("Stripe braucht noch Angaben, bevor das Konto Zahlungen annehmen darf."))
    return redirect(PAGE)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Online bezahlen"), reverse(PAGE))]
