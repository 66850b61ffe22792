"""End a deposit that was paid or reserved online: how much is kept and why, the rest goes back by itself.

Not here: deposits by transfer and in cash (``movements``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.deposits import deposit_of
from booking_core.identity.access import access_booking
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import ZERO
from booking_core.reservations.queries import booking_by_uuid
from booking_core.web.backoffice.forms.finance.online import EndDepositForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.workflows.payments.deposits import end_deposit
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro


def end_online_deposit(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One form: keep something, or nothing."""
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    deposit = deposit_of(booking.id)
    form = EndDepositForm(request.POST or None)
    back = reverse("backoffice_booking", args=[uuid])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            end_deposit(
                uuid,
                keep=chosen["keep"] or ZERO,
                reason=chosen["reason"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Kaution ist abgeschlossen. Was zurückgeht, ist unterwegs."))
            return redirect(back)
    context = {
        "title": _("Kaution zurückgeben"),
        "lead": _("Hinterlegt: %(held)s, auf der Karte reserviert: %(secured)s")
        % {"held": euro(deposit.held), "secured": euro(deposit.secured)},
        "form": form,
        "submit": _("Kaution abschließen"),
        "back_url": back,
    }
    crumbs = [Crumb(booking.number, back), Crumb(_("Kaution"))]
    return office_page(
        request,
        "form_page.html",
        context,
        section="backoffice_bookings",
        crumbs=crumbs,
        status=refusal_status(form),
    )
