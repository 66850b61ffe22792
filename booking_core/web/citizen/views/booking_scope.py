"""Changing people, group, purpose, extras and answers of an own booking: what it would cost, then a yes.

Not here: words, contact and time (``booking_changes``).
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.web.citizen.forms.asked import AskedForm, scope_data
from booking_core.web.citizen.presenters import places, prices
from booking_core.web.citizen.views.booking_changes import crumbs_to, version_shown
from booking_core.web.citizen.visitors import actor_of, require_own
from booking_core.workflows.change_booking import change_scope, preview_scope, scope_of
from booking_core.workflows.contracts import ScopePreview
from booking_core.workflows.quoting import choices_of_booking
from design_system.contracts import PriceTable
from design_system.templatetags.formats import euro


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """What the change would mean, in words. ``price`` None: the administration names it."""

    old_total: str
    new_total: str
    difference: str
    old_deposit: str
    new_deposit: str
    price: PriceTable | None
    decisions: tuple[prices.Refusal, ...]
    back_to_request: bool
    terms: str


@require_http_methods(["GET", "HEAD", "POST"])
def booking_scope(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """People, group, purpose, extras and answers; where that changes price or state, the change is shown first."""
    booking = require_own(request, booking_by_uuid(uuid))
    choices = choices_of_booking(booking)
    form = AskedForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial=scope_data(scope_of(booking)),
    )
    answer: ScopeAnswer | None = None
    if form.is_valid():
        try:
            preview = preview_scope(uuid, form.scope(), now=timezone.now())
            if preview.terms in {"", request.POST.get("terms", "")}:
                return _changed(request, booking, form)
            answer = _answer(preview, source=choices.ordinance_name)
        except BookingError as fault:
            form.show_fault(fault)
    context = {
        "form": form,
        "booking": booking,
        "answer": answer,
        "breadcrumbs": crumbs_to(booking, _("Personen und Extras ändern")),
    }
    return render(request, "citizen/booking_scope.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, booking: BookingView, form: AskedForm) -> HttpResponse:
    changed = change_scope(
        booking.uuid,
        form.scope(),
        agreed=request.POST.get("terms", ""),
        actor=actor_of(request, name=booking.contact.name),
        expected_version=version_shown(request, booking),
        now=timezone.now(),
    )
    if changed.version == booking.version:
        messages.info(request, _("Es hat sich nichts geändert."))
    elif changed.state != booking.state:
        messages.success(request, _("Ihre Änderung ist bei der Verwaltung. Sie entscheidet noch einmal."))
    else:
        messages.success(request, _("Ihre Buchung ist geändert. Wir haben Ihnen eine E-Mail geschickt."))
    return redirect("own_booking", uuid=booking.uuid)


def _answer(preview: ScopePreview, *, source: str) -> ScopeAnswer:
    quote = preview.quote
    knows = quote is not None and quote.fee_known
    return ScopeAnswer(
        old_total=euro(preview.old_total) if preview.old_total else _("kostenlos"),
        new_total=prices.price_sentence(quote).figure if quote is not None else euro(preview.new_total),
        difference=places.signed(preview.difference) if preview.difference else "",
        old_deposit=euro(preview.old_deposit),
        new_deposit=euro(preview.new_deposit) if preview.new_deposit != preview.old_deposit else "",
        price=prices.price_table(quote, source=source) if quote is not None and knows else None,
        decisions=prices.decisions(quote),
        back_to_request=preview.back_to_request,
        terms=preview.terms,
    )
