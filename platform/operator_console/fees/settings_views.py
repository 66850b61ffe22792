"""Plans, their prices, and the partnership's terms.

Not here: what towns owe (``overview_views``, ``town_views``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from operator_console.fees import presenters
from operator_console.fees.forms import PlanForm, PriceForm, TermsForm
from operator_console.fees.pages import fee_page, form_page, operator_of
from subscriptions.queries import plans as known_plans
from subscriptions.services.plans import add_price, save_plan, save_terms


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """All plans and the terms in short."""
    context = {
        "table": presenters.plan_table(known_plans.plans(on=timezone.localdate())),
        "terms": presenters.terms_rows(known_plans.terms()),
    }
    return fee_page(request, "plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Make a plan; its prices follow on its own page."""
    form = PlanForm(request.POST or None)
    made: list[int] = []

    def save() -> None:
        plan = save_plan(form.facts(), actor=operator_of(request), today=timezone.localdate())
        made.append(plan.id)

    context = {
        "title": _("Neuer Tarif"),
        "submit": _("Tarif anlegen"),
        "lead": _("Den Preis legen Sie danach fest."),
    }
    answer = form_page(request, form, save, done_url=reverse("operator_fee_plans"), context=context)
    return redirect("operator_fee_price", made[0]) if made else answer


@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan with all its prices."""
    found = known_plans.plan(plan_id, on=timezone.localdate())
    return fee_page(request, "plan.html", {"plan": found, "prices": presenters.plan_prices(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change a plan's name or whom it is for."""
    today = timezone.localdate()
    found = known_plans.plan(plan_id, on=today)
    form = PlanForm(request.POST or None, initial=PlanForm.initial_of(found))
    return form_page(
        request,
        form,
        lambda: save_plan(form.facts(), plan_id=plan_id, actor=operator_of(request), today=today),
        done_url=reverse("operator_fee_plan", args=[plan_id]),
        context={"title": _("Tarif „%(plan)s“ ändern") % {"plan": found.name}, "submit": _("Speichern")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_price(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A price from a day on."""
    today = timezone.localdate()
    found = known_plans.plan(plan_id, on=today)
    form = PriceForm(request.POST or None, initial={"valid_from": today})
    return form_page(
        request,
        form,
        lambda: add_price(plan_id, form.price(), actor=operator_of(request), today=today),
        done_url=reverse("operator_fee_plan", args=[plan_id]),
        context={
            "title": _("Preis für „%(plan)s“") % {"plan": found.name},
            "submit": _("Preis festlegen"),
            "lead": _("Gilt für Zeiträume, die an diesem Tag oder später beginnen."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """The partnership's terms."""
    form = TermsForm(request.POST or None, initial=TermsForm.initial_of(known_plans.terms()))
    return form_page(
        request,
        form,
        lambda: save_terms(form.terms(), actor=operator_of(request)),
        done_url=reverse("operator_fee_plans"),
        context={
            "title": _("Bedingungen"),
            "submit": _("Speichern"),
            "lead": _(
                "Zählt für alles, was von jetzt an geschieht. Ausgestellte Rechnungen ändern sich nicht."
            ),
        },
    )
