"""A booking that repeats: asking for the series while its first date is held, and changing single dates later.

Not here: the forms and values (``web.series``), what a rule comes to (``workflows.series_plan``).
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking_core.kernel.errors import BookingError
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.queries.free_time import Apart
from booking_core.web.citizen.drafts import keep_draft, with_hold
from booking_core.web.citizen.held_time import HeldStep, with_held_time
from booking_core.web.citizen.hold_limits import refuse_too_many_holds
from booking_core.web.citizen.presenters.steps import booking_steps
from booking_core.web.citizen.visitors import actor_of, require_own
from booking_core.web.series.dates import Answer, Visit, move_page, restore_page
from booking_core.web.series.dropping import drop_page
from booking_core.web.series.forms import DatesForm, RepeatForm, rule_data
from booking_core.web.series.plans import left_out_words
from booking_core.workflows.contracts import Wish
from booking_core.workflows.holding import hold_wish
from booking_core.workflows.series_plan import chosen_wish, plan_series
from booking_core.workflows.series_rules import school_holidays
from booking_core.workflows.wishes import wish_to_data
from design_system.contracts import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
@with_held_time
def booking_repeat(request: HttpRequest, step: HeldStep) -> HttpResponse:
    """The rule, then its dates one by one with what works instead; agreed, all of them are held at once.

    A series keeps many times, so whoever asks must be known first: strangers go on to their details.
    """
    if not step.viewer.email:
        keep_draft(request, replace(step.draft, wants_repeat=True))
        messages.info(
            request, _("Sagen Sie uns zuerst, wer Sie sind. Danach wählen Sie die Termine der Serie.")
        )
        return redirect(step.urls[1])
    breaks = school_holidays()
    form = RepeatForm(
        request.GET if "rhythmus" in request.GET else None,
        first=step.priced.wish.all_spans[0],
        last_holiday=breaks[-1].last_on if breaks else None,
        initial=_rule_before(step) or {"rhythmus": "w1"},
    )
    dates_form: DatesForm | None = None
    left_out: list[str] = []
    if form.is_valid():
        try:
            apart = Apart(hold=UUID(step.draft.hold_uuid))
            plan = plan_series(
                _one_date(step.priced.wish),
                form.cleaned_data["rule"],
                viewer=step.viewer,
                now=step.now,
                apart=apart,
            )
        except BookingError as fault:
            form.add_error(None, str(fault))
        else:
            left_out = left_out_words(plan)
            dates_form = DatesForm(request.POST if request.method == "POST" else None, plan=plan)
            if dates_form.is_valid():
                try:
                    return _held(
                        request, step, chosen_wish(_one_date(step.priced.wish), plan, dates_form.answers())
                    )
                except BookingError as fault:
                    dates_form.add_error(None, str(fault))
    context = {
        "form": form,
        "dates_form": dates_form,
        "left_out": left_out,
        "choose_label": _("Diese Termine vormerken"),
        "resource": step.resource,
        "first": step.priced.wish.all_spans[0],
        "back_url": step.urls[0],
        "single_url": step.urls[1],
        "steps": booking_steps(step.draft.slug, step.draft, current=0),
    }
    has_errors = bool(form.errors or (dates_form and dates_form.errors))
    return render(request, "citizen/booking_repeat.html", context, status=422 if has_errors else 200)


def _held(request: HttpRequest, step: HeldStep, wish: Wish) -> HttpResponse:
    """Hold every agreed date in place of the first one alone."""
    hold = UUID(step.draft.hold_uuid)
    refuse_too_many_holds(request)
    held = hold_wish(wish, viewer=step.viewer, now=step.now, hold_uuid=hold)
    draft = replace(with_hold(step.draft, held), wish=wish_to_data(wish), wants_repeat=False)
    keep_draft(request, draft, instead_of=hold)
    return redirect("booking_contact", slug=draft.slug, hold=held.hold_uuid)


def _rule_before(step: HeldStep) -> dict[str, object]:
    repeat = step.priced.wish.repeat
    return rule_data(repeat.rule) if repeat else {}


def _one_date(wish: Wish) -> Wish:
    return replace(wish, spans=wish.all_spans[:1], elsewhere=(), repeat=None)


@require_http_methods(["GET", "HEAD", "POST"])
def own_date_cancel(request: HttpRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Cancel one date, from here on, a range or all to come."""
    return _date_page(request, uuid, slot, drop_page, "drop", _("Termine absagen"))


@require_http_methods(["GET", "HEAD", "POST"])
def own_date_move(request: HttpRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Let one date take place at another time or in another room."""
    return _date_page(request, uuid, slot, move_page, "move", _("Termin verlegen"))


@require_http_methods(["GET", "HEAD", "POST"])
def own_date_restore(request: HttpRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Let a date that was given up take place after all."""
    return _date_page(request, uuid, slot, restore_page, "restore", _("Termin wieder aufnehmen"))


def date_link(uuid: UUID) -> Callable[[str, str], str]:
    """Where the owner changes single dates of this booking."""
    return lambda what, slot: reverse(f"own_date_{what}", args=[uuid, slot])


def _date_page(
    request: HttpRequest, uuid: UUID, slot: str, page: Callable[[Visit], Answer], part: str, title: str
) -> HttpResponse:
    booking = require_own(request, booking_by_uuid(uuid))
    actor = actor_of(request, name=booking.contact.name)
    answer = page(Visit(request, booking, slot, actor, timezone.now()))
    if answer.done:
        messages.success(request, answer.done)
        return redirect("own_booking", uuid=uuid)
    own_url = reverse("own_booking", args=[uuid])
    context = {
        **answer.context,
        "part": f"series/{part}.html",
        "title": title,
        "back_url": own_url,
        "breadcrumbs": [
            Crumb(_("Meine Buchungen"), reverse("own_bookings")),
            Crumb(booking.number, own_url),
            Crumb(title),
        ],
    }
    return render(request, "citizen/own_date.html", context, status=answer.status)
