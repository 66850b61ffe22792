"""Changing an own booking: words and contact, another time, cancelling, answering. Nothing happens without a yes.

Not here: looking at it (``own_bookings``), people and extras (``booking_scope``).
"""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.queries.free_time import Apart
from booking_core.web.citizen import gathering
from booking_core.web.citizen.forms.move import MoveForm
from booking_core.web.citizen.forms.people import DetailsForm, ReasonForm, TextForm
from booking_core.web.citizen.presenters import days, places
from booking_core.web.citizen.visitors import actor_of, require_own
from booking_core.web.tariffs.choices import cancelling_answers
from booking_core.workflows.cancel_booking import cancel_booking, preview_cancellation
from booking_core.workflows.change_booking import change_details
from booking_core.workflows.decide_booking import answer_question
from booking_core.workflows.move_booking import move_booking, preview_move
from booking_core.workflows.payments.returning import paid_online
from booking_core.workflows.quoting import questions_when_cancelling
from design_system.contracts import Crumb, DayStrip
from design_system.templatetags.formats import euro, span_words
from tenants.context import tenant_zone

_METHODS = ["GET", "HEAD", "POST"]
_LONGEST_VERSION = 10


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """What another time would change, in words."""

    when: str
    old_total: str
    new_total: str
    difference: str
    fault: str = ""


@require_http_methods(_METHODS)
def booking_details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Title, message and contact; the price stays as it is."""
    booking = require_own(request, booking_by_uuid(uuid))
    known = {
        **asdict(booking.contact),
        "title": booking.title,
        "message": booking.message,
        "title_is_public": booking.title_is_public,
    }
    form = DetailsForm(
        request.POST if request.method == "POST" else None, proven=booking.contact.email, initial=known
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            change_details(
                uuid,
                title=values["title"],
                message=values["message"],
                contact=form.contact(),
                actor=actor_of(request, name=booking.contact.name),
                expected_version=version_shown(request, booking),
                title_is_public=values["title_is_public"],
            )
        except BookingError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Ihre Angaben sind geändert."))
            return redirect("own_booking", uuid=uuid)
    context = {"form": form, "booking": booking, "breadcrumbs": crumbs_to(booking, _("Angaben ändern"))}
    return render(request, "citizen/booking_details.html", context, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
def booking_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another time: what is free that day, what the price would be, then a yes."""
    booking = require_own(request, booking_by_uuid(uuid))
    form = MoveForm(request.POST if request.method == "POST" else None, booking=booking)
    answer: MoveAnswer | None = None
    if form.is_valid() and form.span is not None:
        try:
            if request.POST.get("action") == "verlegen":
                return _moved(request, booking, form)
            answer = _move_answer(booking, form)
        except BookingError as fault:
            form.add_error(None, str(fault))
    shown_day = form.cleaned_data.get("tag") if form.is_bound and hasattr(form, "cleaned_data") else None
    context = {
        "form": form,
        "booking": booking,
        "now_words": span_words(booking.items[0].span),
        "answer": answer,
        "strip": _free_that_day(booking, shown_day or timezone.localdate(booking.start), form.span),
        "breadcrumbs": crumbs_to(booking, _("Verlegen")),
    }
    return render(request, "citizen/booking_move.html", context, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
def booking_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What cancelling costs, then a yes."""
    booking = require_own(request, booking_by_uuid(uuid))
    questions = questions_when_cancelling(booking, by_staff=False)
    form = ReasonForm(request.POST if request.method == "POST" else None, questions=questions)
    answers = cancelling_answers(form.cleaned_data) if form.is_valid() else {}
    now = timezone.now()
    preview = preview_cancellation(uuid, now=now, answers=answers)
    if form.is_valid() and form.cleaned_data["agreed"] in {"", preview.terms}:
        cancel_booking(
            uuid,
            actor=actor_of(request, name=booking.contact.name),
            reason=form.cleaned_data["reason"],
            now=now,
            answers=answers,
        )
        messages.success(request, _("Ihre Buchung ist storniert. Wir haben Ihnen eine E-Mail geschickt."))
        return redirect("own_booking", uuid=uuid)
    context = {
        "form": form,
        "booking": booking,
        "when": span_words(Span(booking.start, booking.end)),
        "preview": preview,
        "fee": euro(preview.fee) if preview.fee else "",
        "is_other_fee": form.is_bound and form.is_valid(),
        "terms": preview.terms,
        "refund": _refund_words(booking, preview.fee) if preview.is_known else "",
        "breadcrumbs": crumbs_to(booking, _("Stornieren")),
    }
    return render(request, "citizen/booking_cancel.html", context)


def _refund_words(booking: BookingView, fee: Money) -> str:
    """What goes back by itself of what was paid online; empty where nothing was."""
    paid = paid_online(booking.id)
    if not paid:
        return ""
    back = Money(max(paid.cents - fee.cents, 0))
    return _("Sie haben %(paid)s online bezahlt. Davon gehen %(back)s auf demselben Weg zurück.") % {
        "paid": euro(paid),
        "back": euro(back),
    }


@require_POST
def booking_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The answer to the administration's question."""
    booking = require_own(request, booking_by_uuid(uuid))
    form = TextForm(request.POST)
    if form.is_valid():
        answer_question(
            uuid, actor=actor_of(request, name=booking.contact.name), text=form.cleaned_data["text"]
        )
        messages.success(request, _("Ihre Antwort ist bei der Verwaltung."))
        return redirect("own_booking", uuid=uuid)
    context = {"form": form, "booking": booking, "breadcrumbs": crumbs_to(booking, _("Antworten"))}
    return render(request, "citizen/booking_answer.html", context, status=422)


def _moved(request: HttpRequest, booking: BookingView, form: MoveForm) -> HttpResponse:
    span = form.moved_span
    move_booking(
        booking.uuid,
        spans=(span,),
        resource_ids=_resource_ids(booking),
        actor=actor_of(request, name=booking.contact.name),
        expected_version=version_shown(request, booking),
        now=timezone.now(),
        pieces=form.pieces(),
    )
    messages.success(request, _("Ihre Buchung liegt jetzt am %(when)s.") % {"when": span_words(span)})
    return redirect("own_booking", uuid=booking.uuid)


def _move_answer(booking: BookingView, form: MoveForm) -> MoveAnswer:
    preview = preview_move(
        booking.uuid,
        (form.moved_span,),
        _resource_ids(booking),
        now=timezone.now(),
        pieces=form.pieces(),
    )
    return MoveAnswer(
        when=span_words(form.moved_span),
        old_total=euro(preview.old_total),
        new_total=euro(preview.new_total),
        difference=places.signed(preview.difference) if preview.difference else "",
        fault=str(preview.fault),
    )


def _free_that_day(booking: BookingView, day: date, wish: Span | None) -> DayStrip:
    """The day as a bar; the booking's own time counts as free, because moving gives it back."""
    zone, resource_id = tenant_zone(), booking.items[0].resource_id
    shown = gathering.DayRange(day, 1, zone)
    numbers = {item.resource_id: item.quantity for item in booking.items}
    times = gathering.times_of(
        list(numbers), shown, now=timezone.now(), quantity=numbers, apart=Apart(booking=booking.uuid)
    ).together(resource_id)
    return days.day_strip(day, times.open_of(resource_id), times.free_of(resource_id), zone, wish=wish)


def _resource_ids(booking: BookingView) -> tuple[int, ...]:
    return tuple(dict.fromkeys(item.resource_id for item in booking.items))


def version_shown(request: HttpRequest, booking: BookingView) -> int:
    """The version the person saw; someone else's change in between is then told, not overwritten."""
    shown = request.POST.get("version", "")
    return (
        int(shown)
        if shown.isascii() and shown.isdigit() and len(shown) < _LONGEST_VERSION
        else booking.version
    )


def crumbs_to(booking: BookingView, last: str) -> list[Crumb]:
    """The way from the own bookings to the page ``last`` of this one."""
    return [
        Crumb(_("Meine Buchungen"), reverse("own_bookings")),
        Crumb(booking.number, reverse("own_booking", args=[booking.uuid])),
        Crumb(last),
    ]
