"""What moving or cancelling would cost, in a sentence; which bookings have to move first.

Not here: working it out (``workflows.move_booking``, ``workflows.cancel_booking``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.reservations.contracts import Misfit
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.workflows.contracts import CancellationPreview, MovePreview, ScopePreview
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
    """The administration cancels free of charge; say what the person would have paid, with its paragraph."""
    explanation = " ".join(
        part for part in (preview.explanation, f"({preview.paragraph})" if preview.paragraph else "") if part
    )
    free = _("Storniert die Verwaltung, kostet es nichts.")
    if not preview.fee:
        return Notice("info", free, explanation)
    fee = _("Würde die Person selbst stornieren, blieben %(fee)s zu zahlen.") % {"fee": euro(preview.fee)}
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
