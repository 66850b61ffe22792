"""Step one of booking: time, what the price depends on, the price itself; "Weiter" keeps the time for 15 minutes.

Not here: who is booking (``booking_steps``).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resource_by_slug
from booking_core.kernel.errors import BookingError
from booking_core.reservations.queries.free_time import Apart
from booking_core.web.citizen import gathering
from booking_core.web.citizen.drafts import Draft, draft_of, keep_draft, with_hold
from booking_core.web.citizen.forms.booking import BookingForm, booking_data
from booking_core.web.citizen.going_together import AWAY, Groups, more_things, things_beside
from booking_core.web.citizen.hold_limits import refuse_too_many_holds
from booking_core.web.citizen.presenters import places
from booking_core.web.citizen.presenters.steps import booking_steps, repeat_url, waiting_url
from booking_core.web.citizen.quote_panel import QuotePanel, day_ways_out, panel_of
from booking_core.web.citizen.visitors import remember_group, remembered_group, viewer_of
from booking_core.web.pieces import PREFIX, is_counted
from booking_core.web.series.forms import rule_data
from booking_core.workflows.contracts import BookingChoices, Viewer
from booking_core.workflows.holding import hold_wish
from booking_core.workflows.quoting import choices_for, price_wish
from booking_core.workflows.wishes import wish_from_data, wish_to_data
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class _Step:
    """What this step works with."""

    request: HttpRequest
    resource: ResourceView
    choices: BookingChoices
    viewer: Viewer
    now: datetime
    draft: Draft | None
    beside: tuple[ResourceView, ...] = ()
    more: Groups = field(default_factory=list)

    def form(self, data: object = None, **options: object) -> BookingForm:
        return BookingForm(
            data,  # type: ignore[arg-type]
            resource=self.resource,
            choices=self.choices,
            beside=self.beside,
            more=self.more,
            **options,
        )

    @property
    def numbers(self) -> dict[str, object]:
        """One of everything that is booked in pieces, until somebody says how many."""
        names = {"menge": self.resource, **{PREFIX + one.slug: one for one in self.beside}}
        return {name: 1 for name, one in names.items() if is_counted(one)}

    def page(self, form: BookingForm, panel: QuotePanel, *, status: int = 200) -> HttpResponse:
        name = "citizen/parts/quote.html" if self.request.htmx else "citizen/booking_time.html"  # type: ignore[attr-defined]
        context = {
            "form": form,
            "panel": panel,
            "resource": self.resource,
            "photo": places.first_photo(self.resource),
            "facts": places.short_facts(self.resource),
            "steps": booking_steps(self.resource.slug, self.draft, current=0),
        }
        return render(self.request, name, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def booking_time(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, price what is typed, or keep the time and go on."""
    resource, draft, on = resource_by_slug(slug), _draft_to_change(request), _day_of_rules(request)
    beside = things_beside(request, resource, draft)
    step = _Step(
        request=request,
        resource=resource,
        choices=choices_for([one.id for one in (resource, *beside)], on),
        viewer=viewer_of(request),
        now=timezone.now(),
        draft=draft,
        beside=beside,
        more=more_things(resource, beside, on),
    )
    return _posted(step) if request.method == "POST" else _shown(step)


def _shown(step: _Step) -> HttpResponse:
    """The form, filled from the address or from what was typed before; with its price where that is enough."""
    initial: dict[str, object] = {
        **step.numbers,
        "gruppe": step.viewer.group or remembered_group(step.request),
    }
    if step.draft is not None:
        initial |= booking_data(wish_from_data(step.draft.wish), beside=step.beside)
    initial |= {name: value for name, value in step.request.GET.dict().items() if value}
    if len(step.choices.groups) == 1:
        initial["gruppe"] = initial["gruppe"] or step.choices.groups[0].id
    if len(step.choices.purposes) == 1:
        initial.setdefault("zweck", step.choices.purposes[0].id)
    probe = step.form(initial)
    if probe.is_valid():
        return step.page(probe, _priced(step, probe))
    is_time_wrong = (
        bool({"von", "bis", "bis_tag", "von_mal", "bis_mal"} & set(probe.errors)) and "von" in initial
    )
    return step.page(probe if is_time_wrong else step.form(initial=initial), QuotePanel())


def _posted(step: _Step) -> HttpResponse:
    if AWAY in step.request.POST or step.request.POST.get("action") == "dazu":
        return _with_other_things(step)
    form = step.form(step.request.POST)
    if not form.is_valid():
        return step.page(form, QuotePanel(), status=200 if step.request.htmx else 422)  # type: ignore[attr-defined]
    remember_group(step.request, form.cleaned_data.get("gruppe", ""))
    if step.request.POST.get("action") in {"weiter", "wiederholen"}:
        return _held(step, form)
    return step.page(form, _priced(step, form))


def _with_other_things(step: _Step) -> HttpResponse:
    """The same form after something was added or taken away, with everything typed so far."""
    typed = step.request.POST.copy()
    for name, number in step.numbers.items():
        typed.setdefault(name, str(number))
    typed["dazu_neu"] = ""
    form = step.form(typed)
    if form.is_valid():
        return step.page(form, _priced(step, form))
    return step.page(step.form(initial=_as_typed(typed)), QuotePanel())


def _as_typed(typed: QueryDict) -> dict[str, object]:
    return {name: values if len(values) > 1 else values[0] for name, values in typed.lists() if values}


def _held(step: _Step, form: BookingForm) -> HttpResponse:
    """Keep the time and go to step two; what stands in the way is said here, with ways out."""
    wish = form.wish()
    before = UUID(step.draft.hold_uuid) if step.draft else None
    try:
        refuse_too_many_holds(step.request)
        held = hold_wish(wish, viewer=step.viewer, now=step.now, hold_uuid=before)
    except BookingError as fault:
        form.show_fault(fault)
        return step.page(form, _priced(step, form), status=fault.http_status)
    draft = Draft(str(held.hold_uuid), held.expires_at.isoformat(), step.resource.slug, wish_to_data(wish))
    repeat = None
    if step.draft is not None:
        repeat = wish_from_data(step.draft.wish).repeat
        draft = with_hold(replace(step.draft, slug=step.resource.slug, wish=draft.wish), held)
    keep_draft(step.request, draft, instead_of=before)
    if repeat is not None or step.request.POST.get("action") == "wiederholen":
        query = urlencode(rule_data(repeat.rule)) if repeat else ""
        return redirect(f"{repeat_url(step.resource.slug, draft.hold_uuid)}?{query}".rstrip("?"))
    return redirect("booking_contact", slug=step.resource.slug, hold=held.hold_uuid)


def _priced(step: _Step, form: BookingForm) -> QuotePanel:
    """The price of what the form holds; a refusal of the input lands beside its field."""
    wish = form.wish()
    span = wish.spans[0]
    try:
        panel = panel_of(price_wish(wish, viewer=step.viewer, now=step.now), step.choices)
    except BookingError as fault:
        form.show_fault(fault)
        panel = QuotePanel()
    days = gathering.DayRange.around(span, tenant_zone())
    apart = Apart(hold=UUID(step.draft.hold_uuid)) if step.draft else Apart()
    times = gathering.times_of(wish.resource_ids, days, now=step.now, quantity=wish.wanted, apart=apart)
    taken = [one.name for one in (step.resource, *step.beside) if not times.is_free(one.id, span)]
    times = times.together(step.resource.id)
    is_free = not taken
    if is_free and not panel.refusals and not form.errors:
        return panel
    ways = day_ways_out(step.resource, wish, viewer=step.viewer, now=step.now, times=times,
        draft_uuid=step.draft.hold_uuid if step.draft else "", beside=tuple(one.slug for one in step.beside),
    )  # fmt: skip
    sentence = _("Zu dieser Zeit ist %(name)s nicht frei.") % {"name": _(" und ").join(taken)}
    is_taken = not is_free and not form.errors
    waits = not is_free and not step.beside and not panel.refusals and span.start > step.now
    return replace(
        panel,
        taken=sentence if is_taken else "",
        ways_out=ways,
        waiting_url=waiting_url(step.resource.slug, booking_data(wish)) if waits else "",
    )


def _draft_to_change(request: HttpRequest) -> Draft | None:
    """The draft somebody comes back to change."""
    try:
        return draft_of(request, UUID(request.GET.get("halten", "")))
    except ValueError:
        return None


def _day_of_rules(request: HttpRequest) -> date:
    """The day whose ordinance decides what to ask: the wished one, else today."""
    typed = (request.POST if request.method == "POST" else request.GET).get("tag", "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()
