"""People and organisations that book: list, history, what has been checked about them.

Not here: their bookings' contact data (each booking keeps its own copy).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.access import allowed_locations
from booking_core.identity.contracts import PartyView
from booking_core.identity.mandates import mandate_of
from booking_core.identity.parties import confirm_member, remove_member, set_party_facts
from booking_core.identity.queries import members_of, parties, party_by_uuid
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.queries import parties_at, party_history
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.parties import PartyFactsForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page, require, show_error
from booking_core.web.backoffice.presenters.bookings import booking_table
from booking_core.web.backoffice.presenters.finance.bank import grouped_iban
from booking_core.web.backoffice.presenters.groups import group_labels
from booking_core.web.backoffice.presenters.lists import Empty, ListPage
from booking_core.web.backoffice.presenters.people import party_marks, party_table
from design_system.contracts import Crumb, SummaryRow
from design_system.templatetags.formats import long_date

SECTION = "backoffice_parties"


def party_list(request: StaffRequest) -> HttpResponse:
    """List parties whose name or address contains ``q``."""
    text = request.GET.get("q", "").strip()[:100]
    listing = ListPage(
        title=_("Kundschaft"),
        lead=_("Personen und Organisationen, die gebucht oder angefragt haben."),
        table=party_table(parties(text=text, ids=_known_ids(request)), group_labels()),
        search_label=_("Name oder E-Mail"),
        search_text=text,
        empty=Empty(_("Niemand gefunden"), _("Suchen Sie mit einem anderen Wort."), icon="search")
        if text
        else Empty(_("Noch niemand"), _("Mit der ersten Buchung entsteht hier ein Eintrag."), icon="people"),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION)


def party(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one party; record what was checked."""
    found = known_party(request, uuid)
    form = PartyFactsForm(request.POST or None, initial=_facts(found), groups=list(group_labels().items()))
    if request.method == "POST":
        require(request, roles.EDIT_PARTIES)
        if form.is_valid():
            try:
                set_party_facts(uuid, **form.cleaned_data, actor=actor_of(request))
            except BookingError as error:
                show_error(form, error)
            else:
                messages.success(request, _("Gespeichert."))
                return redirect("backoffice_party", uuid)
    history = party_history(found.id, location_ids=allowed_locations(request.staff))
    context = {
        "party": found,
        "marks": party_marks(found),
        "contact": _contact(found),
        "form": form if may(request, roles.EDIT_PARTIES) else None,
        "members": members_of(uuid),
        "history": booking_table(history, caption=_("Buchungen")),
        "mandate": _mandate(found) if may(request, roles.RECORD_MONEY) else [],
        "mandate_url": reverse("backoffice_party_mandate", args=[uuid])
        if may(request, roles.RECORD_MONEY)
        else "",
        "billing_url": reverse("backoffice_party_billing", args=[uuid])
        if may(request, roles.SET_BILLING)
        else "",
    }
    crumbs = [Crumb(_("Kundschaft"), reverse(SECTION)), Crumb(found.name)]
    return office_page(
        request, "party.html", context, section=SECTION, crumbs=crumbs, status=422 if form.errors else 200
    )


def party_member(request: StaffRequest, uuid: UUID, user_id: int) -> HttpResponse:
    """Confirm that an account may act for an organisation, or end it."""
    known_party(request, uuid)
    if request.POST.get("step") == "remove":
        remove_member(uuid, user_id, actor=actor_of(request))
        messages.success(request, _("Dieses Konto bucht nicht mehr für die Organisation."))
    else:
        confirm_member(uuid, user_id, actor=actor_of(request))
        messages.success(request, _("Bestätigt: Dieses Konto bucht für die Organisation."))
    return redirect("backoffice_party", uuid)


def known_party(request: StaffRequest, uuid: UUID) -> PartyView:
    """The party, where it has booked at a location the member looks after. Raises NotFound."""
    found, known = party_by_uuid(uuid), _known_ids(request)
    if known is not None and found.id not in known:
        raise NotFound(_("Diese Person oder Organisation gibt es nicht."))
    return found


def _known_ids(request: StaffRequest) -> frozenset[int] | None:
    """Whom a member limited to some locations may know; None: everyone."""
    places = request.staff.location_ids
    return parties_at(places) if places else None


def _facts(found: PartyView) -> dict[str, object]:
    return {
        "customer_group": found.customer_group,
        "is_resident": found.is_resident,
        "is_registered": found.is_registered,
        "staff_note": found.staff_note,
    }


def _mandate(found: PartyView) -> list[SummaryRow]:
    known = mandate_of(found.id)
    if known is None:
        return []
    return [
        SummaryRow(_("SEPA-Mandat"), known.reference),
        SummaryRow(_("Unterschrieben am"), long_date(known.signed_on)),
        SummaryRow(_("Konto"), [known.holder, grouped_iban(known.iban)]),
        *([SummaryRow(_("Zuletzt eingezogen"), long_date(known.used_on))] if known.used_on else []),
    ]


def _contact(found: PartyView) -> list[SummaryRow]:
    town = f"{found.postal_code} {found.city}".strip()
    return [
        SummaryRow(_("Art"), found.kind_label),
        SummaryRow(_("E-Mail"), found.email),
        SummaryRow(_("Telefon"), found.phone),
        SummaryRow(_("Anschrift"), [line for line in (found.street, town) if line] or [""]),
        SummaryRow(_("Konto"), _("ja") if found.user_id else _("nein")),
        SummaryRow(_("Rechnungen"), found.billing_label),
    ]
