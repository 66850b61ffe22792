"""Single dates of a stored series: the list of them, and the pages that cancel, move and restore.

Not here: who may come in and the frame around the page (``web.citizen``, ``web.backoffice``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from booking_core.catalog.queries import published_resources, resources_by_id
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import AwayDate, BookingView, ItemView
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import Taken
from booking_core.reservations.queries import Apart, is_free
from booking_core.reservations.services.transactions import taken_sentence
from booking_core.reservations.vocabulary import AWAY_LABELS
from booking_core.web.citizen.forms.wall_time import wall_time_data
from booking_core.web.series.forms import DateMoveForm
from booking_core.workflows.series_dates import (
    move_dates,
    preview_moving,
    restore_dates,
)
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, span_words

LinkTo = Callable[[str, str], str]  # (what: cancel, move, restore; slot) → address


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the page of one date. ``by_staff`` may change what has begun, and says whose wish it is.

    ``may_use`` says which locations' rooms a date may go to.
    """

    request: HttpRequest
    booking: BookingView
    slot: str
    actor: Actor
    now: datetime
    may_use: Callable[[int], bool] = lambda _location_id: True

    @property
    def by_staff(self) -> bool:
        return self.actor.by_staff

    @property
    def step(self) -> str:
        return self.request.POST.get("step", "")

    @property
    def version(self) -> int:
        """The version the person saw: someone else's change in between is told, not overwritten."""
        shown = self.request.POST.get("version", "")
        return int(shown) if shown.isdigit() else self.booking.version


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows, or, once ``done`` is a sentence, what was done."""

    context: dict[str, object]
    status: int = 200
    done: str = ""


def date_of(booking: BookingView, slot: str) -> ItemView:
    """The date of a series that takes place. Raises NotFound."""
    found = next((item for item in booking.items if slot and item.slot == slot), None)
    if found is None:
        raise NotFound(_("Diesen Termin gibt es nicht mehr."))
    return found


def away_of(booking: BookingView, slot: str) -> AwayDate:
    """The date of a series that does not take place. Raises NotFound."""
    away = booking.series.away if booking.series else ()
    found = next((one for one in away if one.key == slot), None)
    if found is None:
        raise NotFound(_("Diesen Termin gibt es nicht mehr."))
    return found


def dates_table(booking: BookingView, *, now: datetime, link: LinkTo | None, past: bool) -> Table:
    """The dates of a series in order, those away in their place with the reason; ``past`` shows those that are over."""
    lines: list[tuple[str, list[Cell | str]]] = []
    by_slot: dict[str, list[ItemView]] = {}
    for item in booking.items:
        if item.slot and (item.span.end <= now) == past:
            by_slot.setdefault(item.slot, []).append(item)
    for slot, items in by_slot.items():
        lines.append((slot, _taking_place(slot, items, now=now, link=link)))
    for one in booking.series.away if booking.series else ():
        if one.span is not None and (one.span.end <= now) == past:
            lines.append((one.key, _away(one, now=now, link=link)))
    columns = [Column(_("Termin")), Column(_("Wo")), Column(_("Stand"))]
    if link is not None:
        columns += (
            [Column(_("Nutzung"), is_hidden_label=True)]
            if past
            else [
                Column(_("Verlegen"), is_hidden_label=True),
                Column(_("Absagen"), is_hidden_label=True),
            ]
        )
    return Table(
        caption=_("Vergangene Termine") if past else _("Termine"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[cells[: len(columns)] for _slot, cells in sorted(lines, key=lambda line: line[0])],
    )


def _taking_place(
    slot: str, items: list[ItemView], *, now: datetime, link: LinkTo | None
) -> list[Cell | str]:
    words = span_words(items[0].span)
    attendance = {"unused": _("nicht genutzt"), "used": _("genutzt")}.get(items[0].attendance, "")
    use = Cell(attendance or _("fand statt"), tone="danger" if items[0].attendance == "unused" else "success")
    if items[0].span.end <= now and link is not None:
        return [
            words,
            ", ".join(dict.fromkeys(item.resource_name for item in items)),
            use,
            Cell(_("Nutzung vermerken"), link("use", slot)),
        ]
    cells: list[Cell | str] = [
        words,
        ", ".join(dict.fromkeys(item.resource_name for item in items)),
        Cell(
            attendance or _("findet statt"), tone="danger" if items[0].attendance == "unused" else "success"
        ),
    ]
    if link is not None and items[0].span.start > now:
        cells += [Cell(_("verlegen"), link("move", slot)), Cell(_("absagen"), link("cancel", slot))]
    return [*cells, "", ""]


def _away(one: AwayDate, *, now: datetime, link: LinkTo | None) -> list[Cell | str]:
    label = str(AWAY_LABELS.get(one.why, one.why))
    note = one.note if one.why in {"public_holiday", "school_holiday", "cancelled"} else ""
    cells: list[Cell | str] = [span_words(one.span), "", Cell(label, tone="neutral", note=note)]
    if link is not None and one.span is not None and one.span.start > now and one.resource_ids:
        cells += [Cell(_("doch stattfinden lassen"), link("restore", one.key)), ""]
    return [*cells, "", ""]


def move_page(visit: Visit) -> Answer:
    """Another time or room for one date: whether it is free, what it costs, then a yes."""
    item, booking = date_of(visit.booking, visit.slot), visit.booking
    initial = {"raum": item.resource_id, **wall_time_data(item.span)}
    form = DateMoveForm(visit.request.POST or None, rooms=_rooms(item, visit), initial=initial)
    context: dict[str, object] = {"form": form, "when": span_words(item.span), "booking": booking}
    if not form.is_valid() or form.span is None:
        return Answer(context, 422 if form.is_bound else 200)
    put = [
        ItemData(
            form.cleaned_data["raum"] if one is item else one.resource_id, form.span, one.quantity, one.slot
        )
        for one in booking.items
        if one.slot == visit.slot
    ]
    try:
        if visit.step == "move":
            move_dates(booking.uuid, put, actor=visit.actor, now=visit.now, expected_version=visit.version)
            return Answer({}, done=_("Der Termin ist jetzt am %(when)s.") % {"when": span_words(form.span)})
        apart = Apart(booking=booking.uuid)
        wanted = {one.resource_id: one.quantity for one in put}
        if not is_free(wanted, form.span, now=visit.now, quantity=wanted, apart=apart):
            raise Taken(taken_sentence())
        after = preview_moving(booking, put, by_staff=visit.by_staff)
    except BookingError as fault:
        form.add_error(None, str(fault))
        return Answer(context, fault.http_status)
    words = price_words(booking.total, after)
    return Answer({**context, "is_checked": True, "new_words": span_words(form.span), "price_words": words})


def restore_page(visit: Visit) -> Answer:
    """A date that was given up takes place after all, if its time is free."""
    away, booking = away_of(visit.booking, visit.slot), visit.booking
    context: dict[str, object] = {
        "when": span_words(away.span) if away.span else away.key,
        "booking": booking,
    }
    try:
        if visit.request.method == "POST":
            restore_dates(
                booking.uuid, [visit.slot], actor=visit.actor, now=visit.now, expected_version=visit.version
            )
            return Answer({}, done=_("Der Termin findet statt. Die E-Mail ist unterwegs."))
        if away.span is None or not is_free(
            away.resource_ids, away.span, now=visit.now, quantity=away.wanted
        ):
            raise Taken(taken_sentence())
        put = [ItemData(room, away.span, pieces, away.key) for room, pieces in away.wanted.items()]
        after = preview_moving(booking, put, by_staff=visit.by_staff)
    except BookingError as fault:
        return Answer(
            {**context, "fault": str(fault)}, fault.http_status if visit.request.method == "POST" else 200
        )
    if away.fee:
        context["fee_words"] = _("Das Entgelt von %(fee)s für die Absage dieses Termins entfällt.") % {
            "fee": euro(away.fee)
        }
    return Answer({**context, "price_words": price_words(booking.total, after)})


def price_words(before: Money, after: Money) -> str:
    """What the whole series costs afterwards."""
    if before == after:
        return _("Der Preis bleibt gleich: %(total)s.") % {"total": euro(before)}
    return _("Die Serie kostet dann %(after)s statt %(before)s.") % {
        "after": euro(after),
        "before": euro(before),
    }


def _rooms(item: ItemView, visit: Visit) -> list[tuple[int, str]]:
    """The room itself first, then rooms of the same kind in the same house; for staff everything they look after."""
    by_staff = visit.by_staff
    own = resources_by_id([item.resource_id])[item.resource_id]
    others = [
        one
        for one in published_resources(include_unpublished=by_staff)
        if one.id != own.id
        and visit.may_use(one.location.id)
        and (
            by_staff
            or (one.location.id == own.location.id and one.kind == own.kind and one.audience != "staff")
        )
    ]
    return [(own.id, own.name), *((one.id, one.name) for one in others)]
