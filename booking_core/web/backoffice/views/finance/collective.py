"""Collective invoices: who gets them, what the next one says, write it; and how single parties are billed.

Not here: what is ripe and how it is billed (``workflows.collective_billing``).
"""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.queries.unbilled import parties_to_bill
from booking_core.identity.contracts import PartyView
from booking_core.identity.parties import set_billing_rhythm
from booking_core.identity.queries import party_by_uuid
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.collective import BillingRhythmForm, CollectiveForm, UntilForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.collective import collective_parties_table, draft_tables
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.web.backoffice.views.finance.invoices import SECTION
from booking_core.web.backoffice.views.parties import known_party
from booking_core.workflows.collective_billing import (
    CollectivePreview,
    bill_collectively,
    period_start,
    preview_collective,
)
from design_system.contracts import Crumb

LIST = "backoffice_collective"
PARTIES = "backoffice_parties"


def collective_list(request: StaffRequest) -> HttpResponse:
    """Everybody who gets invoices together, with what is ripe."""
    require_all_locations(request)
    listing = ListPage(
        title=_("Sammelrechnungen"),
        lead=_("Nach dem Monat oder der Saison schreiben sie sich von selbst. Hier geht es auch von Hand."),
        table=collective_parties_table(parties_to_bill(now=timezone.now())),
        empty=Empty(
            _("Noch niemand bekommt Sammelrechnungen"),
            _("Öffnen Sie einen Verein unter „Kundschaft“ und wählen Sie dort, wie er abgerechnet wird."),
            Action(_("Zur Kundschaft"), reverse(PARTIES)),
            icon="people",
        ),
    )
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Sammelrechnungen"))]
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION, crumbs=crumbs)


def collective_bill(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """What the next collective invoice of a party says; write it."""
    require_all_locations(request)
    party = party_by_uuid(uuid)
    if request.method == "POST":
        require(request, roles.BILL)
        form = CollectiveForm(request.POST)
        fault = _write(request, form, uuid)
        if not fault:
            return redirect(LIST)
        until_on = form.cleaned_data.get("until_on") or _usual_day(party)
        return _preview_page(request, party, UntilForm(initial={"until_on": until_on}), until_on, fault)
    until_form = UntilForm(request.GET if "until_on" in request.GET else None,
                           initial={"until_on": _usual_day(party)})  # fmt: skip
    until_on = until_form.cleaned_data["until_on"] if until_form.is_valid() else _usual_day(party)
    return _preview_page(request, party, until_form, until_on, "")


def party_billing(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Say whether a party gets each invoice alone or together."""
    party = known_party(request, uuid)
    form = BillingRhythmForm(request.POST or None, initial={"rhythm": party.billing_rhythm})
    back = reverse("backoffice_party", args=[uuid])
    if form.is_valid():
        try:
            set_billing_rhythm(uuid, form.cleaned_data["rhythm"], actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(back)
    context = {
        "title": _("Wie wird abgerechnet?"),
        "lead": party.name,
        "form": form,
        "submit": _("Speichern"),
        "back_url": back,
    }
    crumbs = [Crumb(_("Kundschaft"), reverse(PARTIES)), Crumb(party.name, back), Crumb(_("Abrechnung"))]
    return office_page(
        request, "form_page.html", context, section=PARTIES, crumbs=crumbs, status=refusal_status(form)
    )


def _write(request: StaffRequest, form: CollectiveForm, uuid: UUID) -> str:
    """Write the invoices; the reason where it could not be done."""
    if not form.is_valid():
        return _("Bitte sehen Sie sich die Vorschau noch einmal an.")
    try:
        written = bill_collectively(
            uuid,
            until_on=form.cleaned_data["until_on"],
            expected_total=Money(form.cleaned_data["expected_cents"]),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except BookingError as error:
        return str(error)
    words = ngettext(
        "Rechnung %(numbers)s ist geschrieben und unterwegs.",
        "Die Rechnungen %(numbers)s sind geschrieben und unterwegs.",
        len(written),
    )
    messages.success(request, words % {"numbers": ", ".join(one.row.number for one in written)})
    return ""


def _preview_page(
    request: StaffRequest, party: PartyView, until_form: UntilForm, until_on: date, fault: str
) -> HttpResponse:
    found: CollectivePreview | None = None
    is_set_up = finance_profile() is not None
    if is_set_up:
        try:
            found = preview_collective(party.uuid, until_on=until_on, now=timezone.now())
        except BookingError as error:
            fault = fault or str(error)
    context = {
        "title": _("Sammelrechnung schreiben"),
        "lead": party.name,
        "fault": fault,
        "is_set_up": is_set_up,
        "may_set_up": may(request, roles.SET_UP_MONEY),
        "until_form": until_form,
        "form": CollectiveForm(initial={"until_on": until_on, "expected_cents": found.total.cents if found else 0}),
        "tables": draft_tables(found.drafts) if found else [],
        "may_write": may(request, roles.BILL),
        "recipient": party.email,
        "back_url": reverse(LIST),
    }  # fmt: skip
    crumbs = [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Sammelrechnungen"), reverse(LIST)),
        Crumb(party.name),
    ]
    return office_page(
        request,
        "finance/collective.html",
        context,
        section=SECTION,
        crumbs=crumbs,
        status=409 if fault else 200,
    )


def _usual_day(party: PartyView) -> date:
    """The last day of the period before; today for parties that are billed one by one."""
    today = timezone.localdate()
    if party.billing_rhythm == "single":
        return today
    return period_start(party.billing_rhythm, today) - timedelta(days=1)
