"""The waiting list for citizens: put oneself on it for a taken time, come back by link, take up an offer, leave.

Not here: booking an offered time, which goes the usual way with the time held (``booking_steps``).
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking_core.catalog.queries import resource_by_slug
from booking_core.kernel.errors import BookingError
from booking_core.messaging.waiting_links import waiting_token
from booking_core.reservations.waiting_contracts import WaitingView
from booking_core.web.citizen.forms.booking import BookingForm
from booking_core.web.citizen.forms.people import EmailForm
from booking_core.web.citizen.presenters.links import with_query
from booking_core.web.citizen.presenters.steps import step_urls
from booking_core.web.citizen.views.guests import send_code_and_wait
from booking_core.web.citizen.visitors import actor_of, viewer_of
from booking_core.workflows.quoting import choices_for
from booking_core.workflows.waiting_list import join_waiting_list, leave_waiting_list, waiting_entry
from design_system.contracts import Crumb
from design_system.templatetags.formats import clock, long_date, span_words

_TONES = {"waiting": "info", "offered": "success", "booked": "success"}


class NameForm(forms.Form):
    """How to address the person."""

    name = forms.CharField(
        label=gettext_lazy("Ihr Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Geben Sie Ihren Namen an.")},
    )


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One entry in the own list."""

    title: str
    when: str
    state_label: str
    tone: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def waiting_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Wait for the time in the address. Whoever is not known yet proves an address first and comes back here."""
    resource = resource_by_slug(slug)
    on = timezone.localdate()
    wished = BookingForm(request.GET, resource=resource, choices=choices_for((resource.id,), on))
    booking_url = with_query(reverse("booking_time", args=[slug]), None, **request.GET.dict())
    if not wished.is_valid():
        return redirect(booking_url)
    viewer, wish = viewer_of(request), wished.wish()
    is_known = bool(viewer.email)
    data = request.POST if request.method == "POST" else None
    known_name = {"name": str(getattr(request.user, "name", ""))}
    form: forms.Form = NameForm(data, initial=known_name) if is_known else EmailForm(data)
    if form.is_valid():
        try:
            if not is_known:
                email = form.cleaned_data["email"]
                return send_code_and_wait(request, email, next_url=request.get_full_path())
            entry = join_waiting_list(
                wish,
                name=form.cleaned_data["name"],
                viewer=viewer,
                actor=actor_of(request, name=form.cleaned_data["name"]),
                language=get_language() or "de",
                now=timezone.now(),
            )
        except BookingError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Sie stehen auf der Warteliste. Eine E-Mail ist unterwegs."))
            return redirect("waiting_entry", token=waiting_token(entry.uuid))
    context = {
        "form": form,
        "is_known": is_known,
        "email": viewer.email,
        "resource": resource,
        "when": span_words(wish.spans[0]),
        "login_url": with_query(reverse("account_login"), None, next=request.get_full_path()),
        "back_url": booking_url,
    }
    return render(request, "citizen/waiting_join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def waiting_entry_page(request: HttpRequest, token: str) -> HttpResponse:
    """The entry: waiting, or kept until a deadline with the way to book it. Leaving needs a tap on a button."""
    entry = waiting_entry(token)
    if request.method == "POST":
        leave_waiting_list(entry.uuid, actor=actor_of(request, name=entry.name))
        messages.success(request, _("Sie stehen nicht mehr auf der Warteliste."))
        return redirect("waiting_entry", token=token)
    context = {
        "entry": entry,
        "when": span_words(entry.span),
        "tone": _TONES.get(entry.state, "neutral"),
        "until": _until(entry),
        "book_url": step_urls(entry.resource_slug, str(entry.hold_uuid))[1] if entry.hold_uuid else "",
        "search_url": reverse("resource_page", args=[entry.resource_slug]),
        "breadcrumbs": [Crumb(_("Meine Buchungen"), reverse("own_bookings")), Crumb(_("Warteliste"))],
    }
    return render(request, "citizen/waiting_entry.html", context)


def waiting_lines(entries: tuple[WaitingView, ...]) -> list[WaitingLine]:
    """The own entries ready to print."""
    return [
        WaitingLine(
            title=entry.resource_name,
            when=span_words(entry.span),
            state_label=entry.state_label,
            tone=_TONES.get(entry.state, "neutral"),
            url=reverse("waiting_entry", args=[waiting_token(entry.uuid)]),
        )
        for entry in entries
    ]


def _until(entry: WaitingView) -> str:
    if entry.state != "offered" or entry.offered_until is None:
        return ""
    return f"{long_date(entry.offered_until)}, {clock(entry.offered_until)}"
