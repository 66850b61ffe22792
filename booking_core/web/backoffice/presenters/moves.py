"""What moving, swapping or cancelling would cost; which bookings have to move first.

Not here: working it out (``workflows.move_booking``, ``workflows.cancel_booking``).
"""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.reservations.contracts import BookingRow, BookingView, Misfit
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.workflows.contracts import CancellationPreview, MovePreview, ScopePreview
from booking_core.workflows.exchange_bookings import ExchangeStep
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, span_words


def move_notice(preview: MovePreview) -> Notice:
    """What the move would change, or why it cannot be."""
    if preview.fault:
        return Notice("warning", _("So geht es nicht."), preview.fault)
    return price_notice(preview)


def price_notice(preview: MovePreview | ScopePreview) -> Notice:
    """The old price and the new one."""
    prices = {
        "old": euro(preview.old_total),
        "new": euro(preview.new_total),
        "step": euro(preview.difference),
    }
    if not preview.difference:
        return Notice("success", _("Das ist möglich."), _("Der Preis bleibt bei %(new)s.") % prices)
    if preview.difference.cents > 0:
        sentence = _("Der Preis steigt von %(old)s auf %(new)s (%(step)s mehr).") % prices
    else:
        prices["step"] = euro(-preview.difference)
        sentence = _("Der Preis sinkt von %(old)s auf %(new)s (%(step)s weniger).") % prices
    return Notice("info", _("Das ist möglich."), sentence)


def cancellation_notice(preview: CancellationPreview) -> Notice:
    """Free where the administration cancels; what the person pays who wants it, with its paragraph."""
    explanation = " ".join(
        part for part in (preview.explanation, f"({preview.paragraph})" if preview.paragraph else "") if part
    )
    free = _("Storniert die Verwaltung, kostet es nichts.")
    if not preview.fee:
        return Notice("info", free, explanation)
    fee = _("Sagt die Person ab, bleiben %(fee)s zu zahlen.") % {"fee": euro(preview.fee)}
    return Notice("info", free, f"{fee} {explanation}")


def clash_table(misfits: Sequence[Misfit]) -> Table:
    """Bookings that have to move first, each with the way to move it."""
    return Table(
        caption=_("Buchungen, die zuerst verschoben werden müssen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Buchung")), Column(_("Zeit")), Column(_("Es fehlt")), Column(_("Wer")),
                 Column(_("Verschieben"), is_hidden_label=True)],
        rows=[
            [
                Cell(one.booking.title, reverse("backoffice_booking", args=[one.booking.uuid]),
                     note=one.booking.number),
                span_words(one.span),
                Cell(one.unit_name, note=", ".join(one.booking.resource_names)),
                one.booking.organisation_name or one.booking.contact_name,
                Cell(_("Verschieben"), reverse("backoffice_booking_move", args=[one.booking.uuid])),
            ]
            for one in misfits
        ],
    )  # fmt: skip


def swap_url(uuids: Sequence[UUID]) -> str:
    """The page on which these take each other's places: each that of the next, the last that of the first."""
    first, second, *more = uuids
    query = "&".join(f"dann={one}" for one in more)
    url = reverse("backoffice_booking_swap_with", args=[first, second])
    return f"{url}?{query}" if query else url


def swap_choices(ring: Sequence[UUID], rows: Sequence[BookingRow]) -> Table:
    """Bookings that can follow in the ring, in order of time."""
    return Table(
        caption=_("Andere Buchungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Buchung")), Column(_("Zeit")), Column(_("Wo")), Column(_("Wer"))],
        rows=[
            [
                Cell(row.title, swap_url([*ring, row.uuid]), note=row.number),
                span_words(row),
                Cell(", ".join(row.resource_names), note=", ".join(row.location_names)),
                row.organisation_name or row.contact_name,
            ]
            for row in rows
        ],
    )  # fmt: skip


def exchange_table(steps: Sequence[ExchangeStep]) -> Table:
    """For each booking what it has, what it gets, and both prices."""
    return Table(
        caption=_("Vorher und nachher"),
        is_caption_hidden=True,
        is_stacked=True,
        columns=[Column(_("Buchung")), Column(_("Bisher")), Column(_("Danach")),
                 Column(_("Preis bisher"), is_numeric=True), Column(_("Preis danach"), is_numeric=True)],
        rows=[
            [
                Cell(step.booking.title, reverse("backoffice_booking", args=[step.booking.uuid]),
                     note=step.booking.contact.organisation_name or step.booking.contact.name),
                _place_words(step.booking),
                Cell(_place_words(step.place), note=step.fault, tone="danger") if step.fault
                else _place_words(step.place),
                euro(step.old_total),
                euro(step.new_total),
            ]
            for step in steps
        ],
    )  # fmt: skip


def _place_words(booking: BookingView) -> str:
    rooms = ", ".join(dict.fromkeys(item.resource_name for item in booking.items))
    spans = sorted({item.span for item in booking.items})
    more = _(" und %(count)s weitere Termine") % {"count": len(spans) - 1} if len(spans) > 1 else ""
    return f"{rooms}: {span_words(spans[0])}{more}"
