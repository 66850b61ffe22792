"""What was paid online: the list, and one payment with all that happened to it.

Not here: which ways are on (``online_payments``).
"""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentFile
from booking_core.finance.queries.payments import LISTS, payment_file, payment_rows
from booking_core.web.backoffice.pages import StaffRequest, office_page, require_all_locations
from booking_core.web.backoffice.presenters.finance.payments import (
    payment_facts,
    payment_table,
    payment_timeline,
    signed,
    state_words,
)
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.bookings import django_page, page_number
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb, NavItem

PER_PAGE = 50


def payments(request: StaffRequest) -> HttpResponse:
    """Payments, reservations and refunds, newest first."""
    require_all_locations(request)
    wanted = request.GET.get("liste", "all")
    which = wanted if wanted in LISTS else "all"
    labels = {
        "all": _("alle"),
        "open": _("unterwegs"),
        "trouble": _("auffällig"),
        "failed": _("gescheitert"),
        "lapsed": _("Reservierung abgelaufen"),
        "refunds": _("Erstattungen"),
        "holds": _("Reservierungen"),
    }
    listing = payment_rows(which, page=page_number(request), per_page=PER_PAGE)
    base = reverse("backoffice_payments")
    context = {
        "title": _("Zahlungen online"),
        "tabs": [NavItem(label, f"{base}?liste={name}", name == which) for name, label in labels.items()],
        "table": payment_table(listing.rows, caption=_("Zahlungen online")),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Zahlungen online"))]
    return office_page(request, "finance/payments.html", context, section=SECTION, crumbs=crumbs)


def payment(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One payment with its history and what followed from it."""
    require_all_locations(request)
    found = payment_file(uuid)
    context = {
        "title": f"{found.row.kind_label} {signed(found.row)}",
        "lead": f"{found.row.party_name} · {state_words(found.row)}",
        "actions": _links(found),
        "facts": payment_facts(found),
        "timeline": payment_timeline(found.lines),
        "children": payment_table(found.children, caption=_("Was darauf folgte"), with_party=False),
    }
    crumbs = [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Zahlungen online"), reverse("backoffice_payments")),
        Crumb(found.row.kind_label),
    ]
    return office_page(request, "finance/payment.html", context, section=SECTION, crumbs=crumbs)


def _links(found: PaymentFile) -> list[Action]:
    row, actions = found.row, []
    if row.booking_uuid is not None:
        actions.append(
            Action(_("Buchung öffnen"), reverse("backoffice_booking", args=[row.booking_uuid]), "calendar")
        )
    if row.invoice_uuid is not None:
        actions.append(
            Action(_("Rechnung öffnen"), reverse("backoffice_invoice", args=[row.invoice_uuid]), "document")
        )
    if found.parent_uuid is not None:
        url = reverse("backoffice_payment", args=[found.parent_uuid])
        actions.append(Action(_("Ursprüngliche Zahlung"), url, "euro"))
    return actions
