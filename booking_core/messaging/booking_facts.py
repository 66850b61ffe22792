"""What mails say of a booking, as label and value: number, place, time, price, deposit.

Not here: the sentences around it (``composing``).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.catalog.queries import resources_by_id
from booking_core.engines.ordinance import Outcome, quote_from_data
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.series_words import rule_words
from design_system.formats import Language, euro, pieces_words, span_words
from tenants.context import tenant_zone


def booking_facts(booking: BookingView) -> tuple[tuple[str, str], ...]:
    """The facts in the order a reader asks for them, in the active language."""
    facts = [
        (_("Buchungsnummer"), booking.number),
        (_("Anlass"), booking.title),
        (
            _("Was"),
            ", ".join(
                dict.fromkeys(pieces_words(item.quantity, item.resource_name) for item in booking.items)
            ),
        ),
        (_("Wann"), when_words(booking)),
        (_("Wo"), _place(booking)),
    ]
    if booking.is_open:  # a price beside "cancelled" would read like a bill
        facts.append((_("Entgelt"), price_words(booking)))
        facts.append((_("So entsteht es"), line_words(booking)))
        if booking.deposit:
            facts.append((_("Kaution"), euro(booking.deposit, language_of(booking.language))))
    return tuple((label, value) for label, value in facts if value)


def when_words(booking: BookingView) -> str:
    """The time; of a series its rule and how many dates there are, so that a mail stays short."""
    spans = tuple(dict.fromkeys(item.span for item in booking.items))
    if booking.series is None:
        return times(spans, booking.language)
    count = ngettext("%(count)s Termin", "%(count)s Termine", len(spans)) % {"count": len(spans)}
    first = times(spans[:1], booking.language)
    return _("%(rule)s (%(count)s, der erste: %(first)s)") % {
        "rule": rule_words(booking.series.rule),
        "count": count,
        "first": first,
    }


def price_words(booking: BookingView) -> str:
    """The price; where the ordinance leaves it open, who sets it."""
    quote = booking.quote
    if quote.get("outcome") != Outcome.ACCEPTED.value or not quote.get("fee_known", True):
        return _("Das Entgelt legt die Verwaltung fest.")
    return euro(booking.total, language_of(booking.language)) if booking.total else _("kostenfrei")


def line_words(booking: BookingView) -> str:
    """Each line of the price with where it stands; empty where the ordinance leaves the price open."""
    quote = booking.quote
    if quote.get("outcome") != Outcome.ACCEPTED.value or not quote.get("fee_known", True):
        return ""
    if not quote.get("lines"):
        return ""
    language = language_of(booking.language)
    return "; ".join(
        f"{line.label.in_language(language)} {euro(line.amount, language)}"
        + (f" ({line.paragraph})" if line.paragraph else "")
        for line in quote_from_data(quote).lines
        if not line.after_use
    )


def times(spans: tuple[Span, ...], language: str) -> str:
    """The spans in words by the town's clock."""
    zone = tenant_zone()
    return "; ".join(span_words(span.start, span.end, language_of(language), zone) for span in sorted(spans))


def language_of(code: str) -> Language:
    """The language pages and mails exist in that is nearest to ``code``."""
    return "en" if code.lower().startswith("en") else "de"


def _place(booking: BookingView) -> str:
    found = resources_by_id([item.resource_id for item in booking.items])
    places = {view.location.id: view.location for view in found.values()}
    return "; ".join(
        ", ".join(part for part in (place.name, place.address) if part) for place in places.values()
    )
