"""A town's page "Abrechnung mit dem Verbund": plan, trial, invoices, address, order, change, leaving.

Not here: the operators' pages (``operator_console``). Everything here stays open in a read-only town.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.paper.xml import invoice_xml
from booking_core.finance.providers.stripe.client import is_stripe_set_up
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.web.backoffice.presenters.lists import Action
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro, long_date
from subscriptions import presenters
from subscriptions.contracts import PlanView, SubscriptionView
from subscriptions.forms import BillingForm, OrderForm, PlanForm, WayForm
from subscriptions.queries.invoices import invoice_file, invoice_paper, invoices_of
from subscriptions.queries.online import customer_of, online_invoices
from subscriptions.queries.plans import fitting_plans
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts
from subscriptions.services.online import converge
from subscriptions.stripe_billing import portal_address
from tenants.access import ADMINISTRATOR
from tenants.context import current_tenant
from tenants.links import tenant_url

SECTION = "backoffice_fee"


def fee(request: StaffRequest) -> HttpResponse:
    """Where the town stands, and every document."""
    one = _own()
    today = timezone.localdate()
    online = online_invoices(one.tenant_id)
    context = {
        "title": _("Abrechnung mit dem Verbund"),
        "lead": _("Was die Teilnahme kostet, was offen ist und wohin die Rechnungen gehen."),
        "open": euro(one.open) if one.open else "",
        "rows": presenters.subscription_rows(one),
        "billing": presenters.billing_rows(one),
        "invoices": presenters.town_invoice_table(invoices_of(one.tenant_id, today=today)),
        "online": presenters.online_table(online) if online else None,
        "pays_online": one.way == "stripe",
        "portal_url": reverse("backoffice_fee_stripe") if one.has_stripe and is_stripe_set_up() else "",
        "actions": _actions(one, may_decide=may(request, ADMINISTRATOR)),
        "order_hint": not one.is_ordered and one.state != "leaving",
        "fits": [presenters.plan_in_words(plan) for plan in _fitting(one)[:1]],
        "is_administrator": may(request, ADMINISTRATOR),
    }
    return office_page(request, "fee/fee.html", context, section=SECTION)


def order(request: StaffRequest) -> HttpResponse:
    """Order a plan, binding."""
    one = _own()
    form = OrderForm(request.POST or None, plans=_fitting(one))
    start = long_date(max(timezone.localdate(), one.trial_ends_on + timedelta(days=1)))
    page = _Page(
        _("Tarif bestellen"),
        _("Verbindlich bestellen"),
        _("Was es kostet, beginnt nach der Probezeit: %(day)s.") % {"day": start},
    )
    return _form_page(
        request, form, page, one,
        lambda: accounts.order(one.tenant_id, form.plan_choice(), actor=actor_of(request), now=timezone.now()),
        done=_("Vielen Dank. Ihre Bestellung ist angekommen; die Rechnung kommt zum Beginn des Zeitraums."),
    )  # fmt: skip


def change_plan(request: StaffRequest) -> HttpResponse:
    """Another plan or rhythm, from the next period on."""
    one = _own()
    chosen = f"{one.plan.id}-{one.interval}" if one.plan else ""
    form = PlanForm(request.POST or None, plans=_fitting(one), initial={"choice": chosen})
    page = _Page(
        _("Tarif wechseln"),
        _("Wechseln"),
        _("Der Wechsel zählt ab dem nächsten Zeitraum. Was schon berechnet ist, bleibt."),
    )
    return _form_page(
        request, form, page, one,
        lambda: accounts.change_plan(one.tenant_id, form.plan_choice(), actor=actor_of(request), now=timezone.now()),
        done=_("Gespeichert. Der Wechsel zählt ab dem nächsten Zeitraum."),
    )  # fmt: skip


def billing(request: StaffRequest) -> HttpResponse:
    """Where invoices go, and how many people live here."""
    one = _own()
    form = BillingForm(request.POST or None, initial=BillingForm.initial_of(one))

    def save() -> None:
        accounts.set_billing(one.tenant_id, form.billing(), actor=actor_of(request), now=timezone.now())
        accounts.set_population(one.tenant_id, form.cleaned_data["population"], actor=actor_of(request))

    page = _Page(
        _("Rechnungsanschrift"), _("Speichern"), _("Schon ausgestellte Rechnungen ändern sich nicht.")
    )
    return _form_page(request, form, page, one, save, done=_("Gespeichert. Neue Rechnungen gehen dorthin."))


def leave(request: StaffRequest) -> HttpResponse:
    """Leave at the period's end, or take that back while it has not passed."""
    one = _own()
    is_leaving = one.state == "leaving"
    if request.method == "POST":
        change = accounts.stay if request.POST.get("action") == "bleiben" else accounts.leave
        try:
            changed = change(one.tenant_id, actor=actor_of(request), now=timezone.now())
            _tell_stripe(request, one.tenant_id)
        except BookingError as fault:
            messages.error(request, str(fault))
        else:
            messages.success(
                request,
                _("Gekündigt zum %(day)s. Laden Sie bis dahin in Ruhe Ihre Daten herunter.")
                % {"day": long_date(changed.ends_on)}
                if changed.ends_on
                else _("Die Kündigung ist zurückgenommen. Alles bleibt, wie es ist."),
            )
        return redirect(SECTION)
    context = {
        "title": _("Kündigung zurücknehmen") if is_leaving else _("Teilnahme beenden"),
        "is_leaving": is_leaving,
        "back_url": reverse(SECTION),
        "exports": _exports(),
    }
    return office_page(request, "fee/leave.html", context, section=SECTION, crumbs=_crumbs(context["title"]))


def way(request: StaffRequest) -> HttpResponse:
    """Pay the next periods by transfer, or online through Stripe."""
    one = _own()
    form = WayForm(request.POST or None, initial={"way": one.way})
    page = _Page(
        _("Zahlungsweg"), _("Speichern"), _("Gilt ab dem nächsten Zeitraum. Was schon berechnet ist, bleibt.")
    )

    def save() -> None:
        chosen = form.cleaned_data["way"]
        accounts.choose_way(one.tenant_id, chosen, actor=actor_of(request), now=timezone.now())
        _tell_stripe(request, one.tenant_id)

    return _form_page(request, form, page, one, save, done=_("Gespeichert. Gilt ab dem nächsten Zeitraum."))


def stripe_portal(request: StaffRequest) -> HttpResponse:
    """Lead to the town's page at Stripe: invoices, means of payment, receipts."""
    customer = customer_of(current_tenant().pk)
    if not customer:
        return redirect(SECTION)
    try:
        return redirect(portal_address(customer, return_url=tenant_url(SECTION)))
    except BookingError as fault:
        messages.error(request, str(fault))
        return redirect(SECTION)


def _tell_stripe(request: StaffRequest, tenant_id: int) -> None:
    """Make Stripe follow what was chosen; where it does not answer, the next hour tries again."""
    try:
        converge(tenant_id, now=timezone.now())
    except BookingError:
        messages.warning(
            request,
            _("Stripe antwortet gerade nicht. Wir versuchen es von selbst wieder; Sie müssen nichts tun."),
        )


def invoice_pdf(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """A document of the town itself, as it was sent."""
    number, pdf = invoice_file(uuid, tenant_id=current_tenant().pk)
    return download(pdf, "application/pdf", f"{number}.pdf")


def invoice_as_xml(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The same as an e-invoice alone."""
    paper = invoice_paper(uuid, tenant_id=current_tenant().pk)
    return download(invoice_xml(paper), "application/xml", f"{paper.number}.xml")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that no cache keeps."""
    return HttpResponse(
        content,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


class _Page:
    """Title, button and the sentence below the title of a form's page."""

    def __init__(self, title: str, submit: str, lead: str) -> None:
        self.title, self.submit, self.lead = title, submit, lead


def _form_page(
    request: StaffRequest,
    form: BaseForm,
    page: _Page,
    one: SubscriptionView,
    save: Callable[[], object],
    *,
    done: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            save()
        except BookingError as fault:
            show_error(form, fault)
        else:
            messages.success(request, done)
            return redirect(SECTION)
    context = {
        "title": page.title,
        "lead": page.lead,
        "form": form,
        "submit": page.submit,
        "back_url": reverse(SECTION),
        "has_choices": not isinstance(form, PlanForm) or bool(form.fields["choice"].choices),  # type: ignore[attr-defined]
        "knows_population": one.population is not None,
    }
    return office_page(
        request,
        "fee/form.html",
        context,
        section=SECTION,
        crumbs=_crumbs(page.title),
        status=refusal_status(form),
    )


def _own() -> SubscriptionView:
    """The town's own subscription; a town from before there was a fee begins its trial here."""
    tenant_id, today = current_tenant().pk, timezone.localdate()
    try:
        return subscription_of(tenant_id, today=today)
    except NotFound:
        accounts.open_subscription(tenant_id, today=today)
        return subscription_of(tenant_id, today=today)


def _fitting(one: SubscriptionView) -> tuple[PlanView, ...]:
    return fitting_plans(kind=one.kind, population=one.population, on=timezone.localdate())


def _actions(one: SubscriptionView, *, may_decide: bool) -> list[Action]:
    address = Action(_("Anschrift ändern"), reverse("backoffice_fee_billing"), "edit")
    if not may_decide:
        return [address]
    plan = Action(_("Tarif wechseln"), reverse("backoffice_fee_plan"), "refresh")
    buy = Action(_("Tarif bestellen"), reverse("backoffice_fee_order"), "check", "primary")
    out = Action(_("Teilnahme beenden"), reverse("backoffice_fee_leave"), "logout")
    back = Action(_("Kündigung zurücknehmen"), reverse("backoffice_fee_leave"), "refresh")
    pay = [Action(_("Zahlungsweg"), reverse("backoffice_fee_way"), "euro")] if is_stripe_set_up() else []
    return {
        "ordered": [plan, *pay, address, out],
        "leaving": [back, address],
        "left": [buy, address],
        "trial": [buy, address, out],
    }.get(one.state, [buy, address])


def _exports() -> list[Action]:
    return [
        Action(_("Buchungen als CSV"), reverse("backoffice_bookings_csv"), "download"),
        Action(_("Rechnungen als CSV"), reverse("backoffice_invoices_csv"), "download"),
        Action(_("Kassenbuch als CSV"), reverse("backoffice_journal_csv"), "download"),
        Action(_("Ordnungen"), reverse("backoffice_ordinances"), "document"),
    ]


def _crumbs(last: object) -> list[Crumb]:
    return [Crumb(_("Abrechnung mit dem Verbund"), reverse(SECTION)), Crumb(str(last))]
