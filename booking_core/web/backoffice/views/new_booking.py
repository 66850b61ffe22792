"""A booking entered by staff for somebody who calls: what and when, then who and what it costs.

Not here: the citizen's own way (``web.citizen``); both end in ``workflows.place_booking``.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resources_by_id
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.web.backoffice.forms.new_booking import CallerForm, WishForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.quotes import QuoteView, quote_view
from booking_core.web.backoffice.views.bookings import SECTION, resource_choices
from booking_core.workflows.contracts import PricedWish, Viewer
from booking_core.workflows.earlier_bookings import party_of_contact
from booking_core.workflows.enter_booking import enter_booking
from booking_core.workflows.quoting import choices_for, price_wish
from design_system.contracts import Crumb
from design_system.templatetags.formats import span_words
from tenants.context import tenant_zone


def new_booking(request: StaffRequest) -> HttpResponse:
    """Ask for what and when; with both in the address, go on with who."""
    wish_form = WishForm(
        request.GET if "resource_ids" in request.GET else None, resources=resource_choices(request.staff)
    )
    if not wish_form.is_valid():
        return _page(
            request, "booking_new.html", {"form": wish_form}, status=422 if wish_form.errors else 200
        )
    return _second_step(request, wish_form)


def _second_step(request: StaffRequest, wish_form: WishForm) -> HttpResponse:
    ids, spans = wish_form.cleaned_data["resource_ids"], wish_form.spans()
    on = spans[0].start.astimezone(tenant_zone()).date()
    form = CallerForm(
        request.POST or None, choices=choices_for(ids, on, by_staff=True), resources=chosen_things(ids)
    )
    quote: QuoteView | None = None
    is_priced = False
    if form.is_valid():
        try:
            if request.POST.get("step") == "enter":
                booking = _enter(request, form, wish_form)
                return entered(request, booking)
            quote = _quote(_price(form, wish_form))
            is_priced = True
        except BookingError as error:
            show_error(form, error)
    context = {
        "form": form,
        "wish": [f"{name}: {span_words(span)}" for name in _names(request, ids) for span in spans],
        "change_url": f"{reverse('backoffice_booking_new')}",
        "repeat_url": f"{reverse('backoffice_series_new')}?{request.GET.urlencode()}",
        "quote": quote,
        "is_priced": is_priced,
    }
    return _page(request, "booking_new_who.html", context, status=422 if form.errors else 200)


def _enter(request: StaffRequest, form: CallerForm, wish_form: WishForm) -> BookingView:
    typed = form.cleaned_data
    return enter_booking(
        wish=form.wish(wish_form.spans()),
        contact=form.contact(),
        title=typed["title"],
        message=typed["message"],
        language=typed["language"],
        is_confirmed=typed["is_confirmed"],
        actor=actor_of(request),
        now=timezone.now(),
    )


def chosen_things(ids: Sequence[int]) -> tuple[ResourceView, ...]:
    """The chosen things in their order."""
    found = resources_by_id(ids)
    return tuple(found[one] for one in ids)


def entered(request: StaffRequest, booking: BookingView) -> HttpResponse:
    """Say that the booking is kept and show it."""
    messages.success(
        request,
        _("%(number)s ist eingetragen. Die E-Mail an %(email)s ist unterwegs.")
        % {"number": booking.number, "email": booking.contact.email},
    )
    return redirect("backoffice_booking", booking.uuid)


def _price(form: CallerForm, wish_form: WishForm) -> PricedWish:
    wish = form.wish(wish_form.spans())
    viewer = Viewer(is_staff=True)
    viewer = replace(viewer, party_id=party_of_contact(form.contact(), viewer))
    return price_wish(wish, viewer=viewer, now=timezone.now())


def _quote(priced: PricedWish) -> QuoteView | None:
    if priced.quote is None:
        return None
    version_id = priced.ordinance_version_id
    return quote_view(priced.quote, document=document_of_version(version_id) if version_id else None)


def _names(request: StaffRequest, ids: tuple[int, ...]) -> list[str]:
    names = dict(resource_choices(request.staff))
    return [names[str(one)] for one in ids]


def _page(request: StaffRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    crumbs = [Crumb(_("Buchungen"), reverse(SECTION)), Crumb(_("Neue Buchung"))]
    return office_page(
        request,
        template,
        {"title": _("Neue Buchung"), **context},
        section=SECTION,
        crumbs=crumbs,
        status=status,
    )
