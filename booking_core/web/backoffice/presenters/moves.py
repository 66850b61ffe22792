"""What moving or cancelling would cost, in a sentence.

Not here: working it out (``workflows.move_booking``, ``workflows.cancel_booking``).
"""

from django.utils.translation import gettext as _

from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.workflows.contracts import CancellationPreview, MovePreview, ScopePreview
from design_system.templatetags.formats import euro


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
