"""A series entered by staff: after what and when its rule, its dates one by one, then who and what it costs.

Not here: a single booking (``new_booking``); the dates are held while the rest is filled in, as for citizens.
"""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resources_by_id
from booking_core.identity.access import access_location
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.queries import expired_request
from booking_core.web.backoffice.forms.new_booking import CallerForm, WishForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.quotes import QuoteView, quote_view
from booking_core.web.backoffice.views.bookings import SECTION, resource_choices
from booking_core.web.backoffice.views.new_booking import chosen_things, entered
from booking_core.web.pieces import PREFIX, PiecesForm, is_counted
from booking_core.web.series.forms import DatesForm, RepeatForm
from booking_core.web.series.plans import left_out_words, wish_times
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.earlier_bookings import party_of_contact
from booking_core.workflows.enter_booking import enter_booking
from booking_core.workflows.holding import hold_wish
from booking_core.workflows.quoting import choices_for, price_wish
from booking_core.workflows.series_plan import chosen_wish, plan_series
from booking_core.workflows.series_rules import school_holidays
from booking_core.workflows.wishes import pieces_taken, wish_from_data
from design_system.contracts import Crumb
from design_system.formats import pieces_words

_STAFF = Viewer(is_staff=True)
_RULE = {"rhythmus", "bis", "anzahl", "ohne_ferien", "ohne_feiertage"}


def new_series(request: StaffRequest) -> HttpResponse:
    """The rule, then its dates with what works instead; agreed, all of them are held."""
    wish_form = WishForm(request.GET, resources=resource_choices(request.staff))
    if not wish_form.is_valid():
        return redirect(f"{reverse('backoffice_booking_new')}?{request.GET.urlencode()}")
    things = chosen_things(wish_form.cleaned_data["resource_ids"])
    numbers = _numbers(request, things)
    wish = Wish(
        tuple(one.id for one in things),
        wish_form.spans(),
        pieces=pieces_taken(numbers.pieces(), 1) if numbers.is_valid() else {},
    )
    breaks = school_holidays()
    form = RepeatForm(
        request.GET if "rhythmus" in request.GET else None,
        first=wish.spans[0],
        last_holiday=breaks[-1].last_on if breaks else None,
        initial={"rhythmus": "w1"},
    )
    dates_form: DatesForm | None = None
    left_out: list[str] = []
    if form.is_valid() and numbers.is_valid():
        try:
            plan = plan_series(wish, form.cleaned_data["rule"], viewer=_STAFF, now=timezone.now())
            left_out = left_out_words(plan)
            dates_form = DatesForm(request.POST if request.method == "POST" else None, plan=plan)
            if dates_form.is_valid():
                return _held(request, chosen_wish(wish, plan, dates_form.answers()))
        except BookingError as fault:
            (dates_form or form).add_error(None, str(fault))
    asked = _RULE | set(numbers.fields)
    kept = [(name, value) for name, values in request.GET.lists() if name not in asked for value in values]
    context = {
        "title": _("Termin wiederholen"),
        "lead": "; ".join(wish_times(wish)),
        "form": form,
        "numbers": numbers,
        "kept": kept,
        "single_url": f"{reverse('backoffice_booking_new')}?{request.GET.urlencode()}",
        "dates_form": dates_form,
        "left_out": left_out,
        "choose_label": _("Weiter mit diesen Terminen"),
    }
    has_errors = bool(form.errors or numbers.errors or (dates_form and dates_form.errors))
    return _page(request, "series_new.html", context, status=422 if has_errors else 200)


def series_who(request: StaffRequest, hold: UUID) -> HttpResponse:
    """Who it is and what the ordinance asks; the price of all dates; then the booking."""
    stored = expired_request(hold)
    if stored is None:
        raise NotFound(_("Diese Auswahl ist nicht mehr gespeichert. Bitte beginnen Sie noch einmal."))
    held = wish_from_data(stored)
    _check_places(request, held)
    on = timezone.localdate(held.all_spans[0].start)
    choices = choices_for(held.resource_ids, on, by_staff=True)
    form = CallerForm(request.POST or None, choices=choices)
    quote: QuoteView | None = None
    is_priced = False
    if form.is_valid():
        wish = _with_caller(form, held)
        try:
            if request.POST.get("step") == "enter":
                typed = form.cleaned_data
                booking = enter_booking(
                    wish=wish,
                    contact=form.contact(),
                    title=typed["title"],
                    message=typed["message"],
                    language=typed["language"],
                    is_confirmed=typed["is_confirmed"],
                    hold_uuid=hold,
                    actor=actor_of(request),
                    now=timezone.now(),
                )
                return entered(request, booking)
            viewer = replace(_STAFF, party_id=party_of_contact(form.contact(), _STAFF))
            priced = price_wish(wish, viewer=viewer, now=timezone.now())
            quote, is_priced = quote_view(priced.quote) if priced.quote else None, True
        except BookingError as error:
            show_error(form, error)
    names = dict(resource_choices(request.staff))
    context = {
        "form": form,
        "wish": [
            *(pieces_words(pieces, names.get(str(one), "")) for one, pieces in held.wanted.items()),
            *wish_times(held),
        ],
        "change_url": reverse("backoffice_booking_new"),
        "quote": quote,
        "is_priced": is_priced,
        "title": _("Neue Serie"),
    }
    return _page(request, "booking_new_who.html", context, status=422 if form.errors else 200)


def _with_caller(form: CallerForm, held: Wish) -> Wish:
    return replace(
        form.wish(held.spans),
        resource_ids=held.resource_ids,
        quantity=held.quantity,
        pieces=held.pieces,
        elsewhere=held.elsewhere,
        repeat=held.repeat,
    )


def _numbers(request: StaffRequest, things: tuple[ResourceView, ...]) -> PiecesForm:
    """How many of each; one until somebody says so."""
    is_typed = any(name.startswith(PREFIX) for name in request.GET)
    return PiecesForm(request.GET if is_typed or not any(map(is_counted, things)) else None, things=things)


def _check_places(request: StaffRequest, wish: Wish) -> None:
    """Raises NotFound where a member limited to some locations has not all rooms of the wish."""
    for room in resources_by_id(wish.all_resource_ids).values():
        access_location(request.staff, room.location.id)


def _held(request: StaffRequest, wish: Wish) -> HttpResponse:
    _check_places(request, wish)
    held = hold_wish(wish, viewer=_STAFF, now=timezone.now())
    return redirect("backoffice_series_who", held.hold_uuid)


def _page(request: StaffRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    crumbs = [
        Crumb(_("Buchungen"), reverse(SECTION)),
        Crumb(_("Neue Buchung"), reverse("backoffice_booking_new")),
        Crumb(str(context["title"])),
    ]
    return office_page(request, template, context, section=SECTION, crumbs=crumbs, status=status)
