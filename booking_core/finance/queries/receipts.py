"""Receipts: which movements have one, and what stands on it. Nothing is stored; the ledger is the record.

A receipt's number is its invoice's (or booking's) with a running number: as the ledger only grows, it never changes.
Not here: the page (``paper.receipt``).
"""

from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts import EntryView
from booking_core.finance.models import EntryKind, LedgerEntry, Way
from booking_core.finance.paper.receipt import Receipt
from booking_core.finance.queries.profile import required_profile, seller_of
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money

_KINDS = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.DEPOSIT_IN, EntryKind.DEPOSIT_OUT)
_WAYS = (Way.CASH, Way.CARD)
_IN = (EntryKind.PAYMENT, EntryKind.DEPOSIT_IN)


def has_receipt(entry: EntryView) -> bool:
    """Whether money changed hands on site and the movement still stands."""
    return entry.kind in _KINDS and entry.way in _WAYS and not entry.is_reversed


def receipt_of(entry_uuid: UUID) -> Receipt:
    """What stands on the receipt of a movement. Raises NotFound where there is none, NotSetUp. Three statements."""
    entry = (
        LedgerEntry.objects.filter(uuid=entry_uuid, kind__in=_KINDS, way__in=_WAYS, reversed_by__isnull=True)
        .select_related("party", "invoice", "booking")
        .defer("invoice__pdf", "booking__quote")
        .first()
    )
    if entry is None:
        raise NotFound(_("Zu dieser Bewegung gibt es keine Quittung."))
    town = seller_of(required_profile())
    language = _language_of(entry)
    with translation.override(language):
        subject, number = _subject_of(entry), _number_of(entry)
        way_label = str(Way(entry.way).label)
    return Receipt(
        number=number,
        language=language,
        paid_on=entry.valued_on,
        amount=Money(abs(entry.amount_cents)),
        is_income=entry.kind in _IN,
        town=town.name,
        town_address=", ".join(
            words for words in (town.street, f"{town.postal_code} {town.city}".strip()) if words
        ),
        party_name=entry.party.name,
        subject=subject,
        way_label=way_label,
        note=entry.text,
        taken_by=entry.actor_label,
    )


def _language_of(entry: LedgerEntry) -> str:
    if entry.invoice is not None:
        return str(entry.invoice.content["language"])
    return entry.booking.language if entry.booking is not None else "de"


def _subject_of(entry: LedgerEntry) -> str:
    if entry.invoice is not None:
        return _("Rechnung %(number)s") % {"number": entry.invoice.number}
    return _("Kaution zu Buchung %(number)s") % {"number": _booking_number(entry)}


def _number_of(entry: LedgerEntry) -> str:
    """Corrected movements keep their number, so that no other gets it."""
    mine = Q(invoice=entry.invoice_id) if entry.invoice_id else Q(booking=entry.booking_id)
    place = LedgerEntry.objects.filter(mine, kind__in=_KINDS, way__in=_WAYS, pk__lte=entry.pk).count()
    if entry.invoice is not None:
        return f"{entry.invoice.number}/{place}"
    return f"{_booking_number(entry)}/K{place}"


def _booking_number(entry: LedgerEntry) -> str:
    return entry.booking.number if entry.booking is not None else ""
