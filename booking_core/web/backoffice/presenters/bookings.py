"""Bookings as rows, facts and a timeline.

Not here: prices (``presenters.quotes``), the day's table (``presenters.day``).
"""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.reservations.contracts import BookingRow, BookingView, EventView, TakenView
from booking_core.web.series.plans import booking_times, row_times
from design_system.contracts import Cell, Column, SummaryRow, Table, TimelineEntry, Tone
from design_system.templatetags.formats import clock, euro, long_date, span_words

STATE_TONES: dict[str, Tone] = {
    "requested": "warning",
    "confirmed": "success",
    "declined": "neutral",
    "cancelled": "neutral",
}
NO_LABELS: Mapping[str, str] = {}
_FAILED = {"declined", "cancelled"}


def booking_table(rows: Iterable[BookingRow], *, caption: str, with_money: bool = True) -> Table:
    """One dense line per booking; the time leads to the booking."""
    columns = [Column(_("Zeit")), Column(_("Was")), Column(_("Wo")), Column(_("Wer")), Column(_("Zustand"))]
    if with_money:
        columns.append(Column(_("Entgelt"), is_numeric=True))
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[_row(row, with_money) for row in rows],
    )


def _row(row: BookingRow, with_money: bool) -> Sequence[Cell | str]:
    cells: list[Cell | str] = [
        Cell(row_times(row), reverse("backoffice_booking", args=[row.uuid]), note=row.number),
        row.title,
        Cell(", ".join(row.resource_names), note=", ".join(row.location_names)),
        Cell(
            row.organisation_name or row.contact_name, note=row.contact_name if row.organisation_name else ""
        ),
        Cell(
            row.state_label,
            tone=STATE_TONES[row.state],
            note=_("Rückfrage offen") if row.has_open_question else "",
        ),
    ]
    return [*cells, total_words(row)] if with_money else cells


def total_words(row: BookingRow) -> str:
    """What the booking costs; "offen" where somebody has yet to say so."""
    return _("offen") if row.is_price_open else euro(row.total)


def short_booking_table(rows: Iterable[BookingRow], *, caption: str) -> Table:
    """Bookings of one person beside another: when and where, what became of them."""
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        columns=[Column(_("Was")), Column(_("Zustand"))],
        rows=[
            [
                Cell(
                    row.title,
                    reverse("backoffice_booking", args=[row.uuid]),
                    note=f"{row_times(row)}, {', '.join(row.resource_names)}",
                ),
                Cell(row.state_label, tone=STATE_TONES[row.state]),
            ]
            for row in rows
        ],
    )


def booking_spans(booking: BookingView) -> list[str]:
    """Where and when, one line per item; of a series the places and its rule."""
    if booking.series is not None:
        places = dict.fromkeys(f"{item.resource_name}, {item.location_name}" for item in booking.items)
        return [*places, *booking_times(booking)]
    lines = []
    for item in booking.items:
        pieces = ngettext("%(count)s Stück", "%(count)s Stück", item.quantity) % {"count": item.quantity}
        amount = f" · {pieces}" if item.quantity > 1 else ""
        lines.append(f"{item.resource_name}, {item.location_name}: {span_words(item.span)}{amount}")
    return lines


def booking_facts(
    booking: BookingView,
    *,
    group_label: str,
    purpose_label: str,
    further_labels: Sequence[str] = (),
    questions: Mapping[str, str] = NO_LABELS,
) -> list[SummaryRow]:
    """What was asked for, in the order a clerk reads. ``questions``: the ordinance's words for questions and extras."""
    rows = [
        SummaryRow(_("Was"), booking.title),
        SummaryRow(_("Wo und wann"), booking_spans(booking)),
        SummaryRow(_("Zweck"), purpose_label),
        SummaryRow(_("Gruppe"), group_label),
        SummaryRow(_("Personen"), str(booking.persons or "")),
    ]
    if further_labels:
        rows.insert(4, SummaryRow(_("Außerdem dabei"), list(further_labels)))
    if booking.extras:
        ordered = [f"{questions.get(name, name)}: {amount}" for name, amount in booking.extras.items()]
        rows.append(SummaryRow(_("Dazu"), ordered))
    if booking.facts:
        answers = [f"{questions.get(name, name)}: {_plain(value)}" for name, value in booking.facts.items()]
        rows.append(SummaryRow(_("Antworten"), answers))
    asked = f"{long_date(booking.requested_at)}, {clock(booking.requested_at)}"
    rows.append(SummaryRow(_("Eingegangen"), asked, note=source_labels().get(booking.source, booking.source)))
    return rows


def contact_facts(booking: BookingView) -> list[SummaryRow]:
    """Who answers for the booking."""
    contact = booking.contact
    town = f"{contact.postal_code} {contact.city}".strip()
    rows = [
        SummaryRow(_("Organisation"), contact.organisation_name),
        SummaryRow(_("Name"), contact.name),
        SummaryRow(_("E-Mail"), contact.email),
        SummaryRow(_("Telefon"), contact.phone),
        SummaryRow(_("Anschrift"), [line for line in (contact.street, town) if line] or [""]),
    ]
    return rows if contact.organisation_name else rows[1:]


def booking_timeline(events: Sequence[EventView]) -> list[TimelineEntry]:
    """The life of a booking, oldest first."""
    return [
        TimelineEntry(
            title=event.label,
            when=f"{long_date(event.at)}, {clock(event.at)} · {event.actor_label}",
            text=event.text,
            state="failed" if event.kind in _FAILED else "done",
            at=event.at,
        )
        for event in events
    ]


def conflict_table(conflicts: Sequence[TakenView], resource_names: dict[int, str]) -> Table:
    """What touches the wished time: other requests, bookings, closures."""
    kinds = {"booking": _("Buchung"), "closure": _("Sperrung"), "hold": _("gerade im Formular")}
    return Table(
        caption=_("Was die gewünschte Zeit berührt"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Zeit")), Column(_("Wo")), Column(_("Was"))],
        rows=[
            [
                Cell(
                    span_words(taken.span),
                    reverse("backoffice_booking", args=[taken.booking_uuid]) if taken.booking_uuid else "",
                ),
                resource_names.get(taken.resource_id, ""),
                Cell(taken.booking_title or taken.label or kinds.get(taken.reason, taken.reason),
                     note=kinds.get(taken.reason, "")),
            ]
            for taken in conflicts
        ],
    )  # fmt: skip


def source_labels() -> dict[str, str]:
    """Where a booking came from, in words."""
    return {
        "site": _("über die Webseite"),
        "staff": _("in der Verwaltung"),
        "api": _("über die Schnittstelle"),
    }


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
