"""Steps two and three of booking and the page after: contact, check your answers, send, thank you.

Not here: time and price (``booking_time``), the held time itself (``held_time``).
"""

from dataclasses import asdict, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import ZERO
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.web.citizen.drafts import Draft, drop_draft, keep_draft
from booking_core.web.citizen.forms.people import ContactForm, RulesForm
from booking_core.web.citizen.guest_proof import proven_email
from booking_core.web.citizen.held_time import HeldStep, time_gone, with_held_time
from booking_core.web.citizen.presenters import places, prices
from booking_core.web.citizen.presenters.bookings import booking_page, contact_rows, people_words
from booking_core.web.citizen.presenters.steps import booking_steps, repeat_url
from booking_core.web.citizen.quote_panel import panel_of
from booking_core.web.citizen.views.guests import send_code_and_wait
from booking_core.web.citizen.visitors import actor_of, open_by_link, require_own
from booking_core.web.series.forms import rule_data
from booking_core.web.series.plans import wish_times
from booking_core.workflows.contracts import BookingChoices
from booking_core.workflows.payments.ways import pay_by_for
from booking_core.workflows.place_booking import place_booking
from booking_core.workflows.quoting import choices_for
from design_system.contracts import Crumb, SummaryRow
from design_system.formats import pieces_words
from tenants.context import current_tenant


@require_http_methods(["GET", "HEAD", "POST"])
@with_held_time
def booking_contact(request: HttpRequest, step: HeldStep) -> HttpResponse:
    """Who is asking and what for. A guest proves the address before the next step."""
    may_go_on = request.user.is_authenticated or current_tenant().guests_allowed
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        proven=step.viewer.email,
        initial=_typed_before(request, step),
    )
    if request.method == "POST" and may_go_on and form.is_valid():
        return _contact_kept(request, step, form)
    context = {
        "form": form,
        "may_go_on": may_go_on,
        "steps": booking_steps(step.draft.slug, step.draft, current=1),
        "login_url": f"{reverse('account_login')}?next={request.path}",
        "signup_url": f"{reverse('account_signup')}?next={request.path}",
        **_held_context(step),
    }
    return render(request, "citizen/booking_contact.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_held_time
def booking_check(request: HttpRequest, step: HeldStep) -> HttpResponse:
    """Everything once more, with links to change it; sending makes the booking."""
    if not step.draft.is_about_people_too:
        return redirect(step.urls[1])
    if not request.user.is_authenticated and proven_email(request) != step.draft.contact["email"].lower():
        return send_code_and_wait(request, step.draft.contact["email"], next_url=step.urls[2])
    if step.draft.wants_repeat:
        return redirect(repeat_url(step.draft.slug, step.draft.hold_uuid))
    has_rules = bool(step.resource.house_rules)
    form = RulesForm(request.POST if request.method == "POST" else None) if has_rules else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _sent(request, step)
    choices = choices_for(step.priced.wish.resource_ids, timezone.localdate(step.priced.wish.spans[0].start))
    context = {
        "form": form,
        "steps": booking_steps(step.draft.slug, step.draft, current=2),
        "rows": _answers(step, choices),
        "contact_rows": contact_rows(step.draft.contact_value, change_url=step.urls[1]),
        "about_rows": _about(step.draft, step.urls[1]),
        "confirms_itself": current_tenant().auto_confirm,
        "pays_first": current_tenant().auto_confirm and _is_paid_first(step),
        "is_series": step.priced.wish.repeat is not None,
        **_held_context(step, choices),
    }
    return render(request, "citizen/booking_check.html", context, status=422 if form and form.errors else 200)


def _is_paid_first(step: HeldStep) -> bool:
    """Whether the booking will wait for its payment, should it confirm itself."""
    start = step.priced.wish.all_spans[0].start
    return pay_by_for(step.priced.total or ZERO, source="site", start=start, now=step.now) is not None


@require_safe
def booking_done(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Thank you: who acts now, and how you will hear."""
    booking = require_own(request, booking_by_uuid(uuid))
    context = {
        "booking": booking_page(booking, now=timezone.now()),
        "is_confirmed": booking.state == "confirmed",
        "email": booking.contact.email,
        "breadcrumbs": [Crumb(_("Start"), reverse("town_home")), Crumb(_("Gesendet"))],
    }
    return render(request, "citizen/booking_done.html", context)


def _contact_kept(request: HttpRequest, step: HeldStep, form: ContactForm) -> HttpResponse:
    contact = form.contact()
    draft = replace(
        step.draft,
        title=form.cleaned_data["title"],
        message=form.cleaned_data["message"],
        contact=asdict(contact),
    )
    keep_draft(request, draft)
    return redirect(step.urls[2])


def _sent(request: HttpRequest, step: HeldStep) -> HttpResponse:
    """Make the booking; what stands in the way is said with what would work, and nothing typed is lost."""
    contact = step.draft.contact_value
    try:
        booking = place_booking(
            wish=step.priced.wish,
            contact=contact,
            title=step.draft.title,
            message=step.draft.message,
            viewer=step.viewer,
            actor=actor_of(request, name=contact.name),
            source="site",
            language=get_language() or "de",
            house_rules_accepted=True,
            hold_uuid=UUID(step.draft.hold_uuid),
            now=step.now,
        )
    except BookingError as fault:
        return time_gone(request, step.draft, fault, viewer=step.viewer, now=step.now)
    drop_draft(request, UUID(step.draft.hold_uuid))
    open_by_link(request, booking.uuid)
    return redirect("booking_pay" if booking.waits_for_payment else "booking_done", uuid=booking.uuid)


def _typed_before(request: HttpRequest, step: HeldStep) -> dict[str, object]:
    known = {"name": str(getattr(request.user, "name", "")), "email": step.viewer.email}
    typed = {name: value for name, value in step.draft.contact.items() if value}
    return {**known, **typed, "title": step.draft.title, "message": step.draft.message}


def _held_context(step: HeldStep, choices: BookingChoices | None = None) -> dict[str, object]:
    """What every step shows beside its form: what, when, how much, until when."""
    return {
        "resource": step.resource,
        "until": step.draft.until,
        "panel": panel_of(step.priced, choices or BookingChoices()),
        "photo": places.first_photo(step.resource),
        "times": wish_times(step.priced.wish),
        "repeat_url": repeat_url(step.draft.slug, step.draft.hold_uuid),
        "back_url": step.urls[0],
    }


def _answers(step: HeldStep, choices: BookingChoices) -> list[SummaryRow]:
    """Step one as question and answer."""
    wish, change = step.priced.wish, step.urls[0]
    what = [pieces_words(wish.pieces_of(one.id), one.name) for one in step.priced.resources]
    rows = [
        SummaryRow(_("Was"), [*what, step.resource.location.name], change),
        SummaryRow(_("Wann"), wish_times(wish), _repeat_change(step) if wish.repeat else change),
    ]
    if wish.group:
        rows.append(SummaryRow(_("Ich buche als"), choices.group_label(wish.group), change))
    if wish.further_groups:
        further = [choices.group_label(one) for one in wish.further_groups]
        rows.append(SummaryRow(_("Außerdem dabei"), further, change))
    if wish.purpose:
        rows.append(SummaryRow(_("Wofür"), choices.purpose_label(wish.purpose), change))
    if wish.persons:
        rows.append(SummaryRow(_("Personen"), people_words(wish.persons), change))
    labels = {extra.id: extra.label for extra in choices.extras}
    ordered = [
        f"{prices.figure(amount)} × {labels.get(extra, extra)}" for extra, amount in wish.extras.items()
    ]
    if ordered:
        rows.append(SummaryRow(_("Dazu"), ordered, change))
    for question in choices.questions:
        if question.id in wish.facts:
            options = {option.id: option.label for option in question.options}
            rows.append(SummaryRow(question.label, _fact_words(wish.facts[question.id], options), change))
    return rows


def _repeat_change(step: HeldStep) -> str:
    """The way back to the dates of a series, with its rule filled in."""
    repeat = step.priced.wish.repeat
    query = urlencode(rule_data(repeat.rule)) if repeat else ""
    return f"{repeat_url(step.draft.slug, step.draft.hold_uuid)}?{query}"


def _fact_words(value: object, options: dict[str, str]) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    if isinstance(value, list | tuple):
        return ", ".join(options.get(str(one), str(one)) for one in value)
    return options.get(str(value), str(value))


def _about(draft: Draft, change_url: str) -> list[SummaryRow]:
    return [
        SummaryRow(_("Anlass"), draft.title, change_url),
        SummaryRow(_("Nachricht"), draft.message, change_url),
    ]
