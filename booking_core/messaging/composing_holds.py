"""The mails about a reservation on a card that has run out: to whom it was, and to the town.

Not here: payments that came or failed (``composing_payments``), how a mail looks (``layout``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentView
from booking_core.kernel.money import Money
from booking_core.messaging.booking_facts import booking_facts, language_of
from booking_core.messaging.booking_links import staff_booking_link
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.letters import STAFF_LANGUAGE, greeting, own_booking, to_citizen, to_staff
from booking_core.reservations.contracts import BookingView
from design_system.formats import Language, euro


def hold_lapsed(booking: BookingView, payment: PaymentView, *, missing: Money) -> MailDraft:
    """To the person whose card it was: nothing was taken, and the deposit has to be secured anew."""
    with translation.override(booking.language):
        language = language_of(booking.language)
        letter = Letter(
            subject=_("Ihre Kaution zu %(number)s ist nicht mehr reserviert") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("die Reservierung auf Ihrer Karte ist abgelaufen. Es wurde nichts abgebucht."),
                _("Bitte hinterlegen Sie die Kaution von %(sum)s noch einmal. Öffnen Sie dazu Ihre Buchung.")
                % {"sum": euro(missing, language)},
            ),
            facts=_facts(booking, payment, language),
            action=own_booking(booking),
            closing=(_("Ist die Nutzung schon vorbei und alles in Ordnung, melden wir uns bei Ihnen."),),
        )
        return to_citizen("hold_lapsed", booking, letter)


def hold_lapsed_notice(booking: BookingView, payment: PaymentView, *, missing: Money) -> MailDraft:
    """To the town's mailbox: this deposit is not secured any more, and what can be done."""
    with translation.override(STAFF_LANGUAGE):
        letter = Letter(
            subject=_("Kaution zu %(number)s ist nicht mehr gesichert") % {"number": booking.number},
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("eine Reservierung auf der Karte ist abgelaufen, die Kaution von %(sum)s fehlt.")
                % {"sum": euro(missing, "de")},
                _("Wir haben %(name)s gebeten, sie noch einmal zu hinterlegen.")
                % {"name": booking.contact.name},
                _(
                    "Vor der Übergabe: Warten Sie, bis sie da ist. Nach der Nutzung: Rechnen Sie die Buchung ab."
                ),
            ),
            facts=(*booking_facts(booking), *_facts(booking, payment, "de")[1:]),
            action=Action(_("Buchung öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("hold_lapsed_notice", booking, letter)


def _facts(booking: BookingView, payment: PaymentView, language: Language) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Buchung"), f"{booking.number} · {booking.title}"),
        (_("War reserviert"), euro(payment.moved or payment.amount, language)),
        (_("Karte"), payment.method_label),
    ]
    return tuple((label, value) for label, value in facts if value)
