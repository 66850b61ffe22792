"""Cancelling a booking at the clerk's desk: by the administration, free of charge, or at the wish of who booked.

Not here: what it costs (``workflows.cancel_booking``), single dates of a series (``series_dates``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView
from booking_core.web.backoffice.forms.bookings import CancelForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.moves import cancellation_notice
from booking_core.web.backoffice.views.booking import SECTION, booking_to_change, crumbs_to
from booking_core.web.tariffs.choices import cancelling_answers
from booking_core.workflows.cancel_booking import cancel_booking, preview_cancellation
from booking_core.workflows.contracts import CancellationPreview
from booking_core.workflows.quoting import questions_when_cancelling


def cancel(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show what cancelling costs whom, then cancel. A fee somebody will owe is shown before."""
    found = booking_to_change(request, uuid)
    form = CancelForm(
        request.POST or None,
        questions=questions_when_cancelling(found, by_staff=True),
        initial={"at_wish_of": "office"},
    )
    answers = cancelling_answers(form.cleaned_data) if form.is_valid() else {}
    preview = preview_cancellation(uuid, now=timezone.now(), by_staff=True, answers=answers)
    if form.is_valid() and _is_agreed(form, preview):
        try:
            return _cancelled(request, found, form, answers)
        except BookingError as error:
            show_error(form, error)
    return _page(request, found, form, preview)


def _is_agreed(form: CancelForm, preview: CancellationPreview) -> bool:
    typed = form.cleaned_data
    return typed["at_wish_of"] != "party" or preview.is_agreed(typed["agreed"])


def _cancelled(
    request: StaffRequest, found: BookingView, form: CancelForm, answers: dict[str, object]
) -> HttpResponse:
    cancel_booking(
        found.uuid,
        actor=actor_of(request),
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
        answers=answers,
        at_wish_of_party=form.cleaned_data["at_wish_of"] == "party",
    )
    words = _("%(number)s ist storniert. Die E-Mail ist unterwegs.") % {"number": found.number}
    messages.success(request, words)
    return redirect("backoffice_booking", found.uuid)


def _page(
    request: StaffRequest, found: BookingView, form: CancelForm, preview: CancellationPreview
) -> HttpResponse:
    context = {
        "title": _("Buchung %(number)s stornieren?") % {"number": found.number},
        "lead": found.title,
        "notices": [cancellation_notice(preview)],
        "sentences": [_("Die Zeit wird sofort wieder frei. Das lässt sich nicht rückgängig machen.")],
        "form": form,
        "agreed": preview.terms if form.is_bound else "",
        "submit": _("Ja, stornieren"),
        "cancel_url": reverse("backoffice_booking", args=[found.uuid]),
    }
    return office_page(
        request,
        "booking_cancel.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(request, found, _("Stornieren")),
        status=409 if form.errors else 200,
    )
