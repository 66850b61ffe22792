"""Entries of the ledger as values, and the journal: all of them in a period, in the order they were made."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from booking_core.finance.contracts import EntryView
from booking_core.finance.models import LedgerEntry
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import Page


def entry_view(entry: LedgerEntry) -> EntryView:
    """One entry; the caller has its party (and invoice, booking, where they are shown) loaded."""
    loaded = entry._state.fields_cache
    invoice, booking = loaded.get("invoice"), loaded.get("booking")
    return EntryView(
        uuid=entry.uuid,
        account=entry.account,
        kind=entry.kind,
        kind_label=entry.get_kind_display(),
        amount=Money(entry.amount_cents),
        way_label=str(entry.get_way_display()) if entry.way != "none" else "",
        valued_on=entry.valued_on,
        at=entry.at,
        actor_label=entry.actor_label,
        text=entry.text,
        invoice_number=invoice.number if invoice is not None else "",
        invoice_uuid=invoice.uuid if invoice is not None else None,
        booking_number=booking.number if booking is not None else "",
        party_name=entry.party.name,
        is_reversed=getattr(entry, "reversed_by", None) is not None,
        way=entry.way,
    )


def invoice_of_entry(uuid: UUID) -> tuple[UUID, str]:
    """The invoice an entry stands on, and the entry in words. Raises NotFound."""
    entry = LedgerEntry.objects.select_related("invoice").filter(uuid=uuid, invoice__isnull=False).first()
    if entry is None or entry.invoice is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    return entry.invoice.uuid, f"{entry.get_kind_display()} · {entry.invoice.number}"


def journal(first_on: date, last_on: date, *, page: int, per_page: int) -> Page[EntryView]:
    """Entries whose value lies in the period (both days included), oldest first. Two statements."""
    found = _between(first_on, last_on)
    total = found.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    rows = found[(number - 1) * per_page : number * per_page]
    return Page(tuple(entry_view(one) for one in rows), number, per_page, total)


def journal_lines(first_on: date, last_on: date) -> Iterator[EntryView]:
    """The same for a file, all of it, read in portions."""
    return (entry_view(one) for one in _between(first_on, last_on).iterator(chunk_size=500))


def _between(first_on: date, last_on: date) -> QuerySet[LedgerEntry]:
    return (
        LedgerEntry.objects.filter(valued_on__gte=first_on, valued_on__lte=last_on)
        .select_related("party", "invoice", "booking", "reversed_by")
        .defer("invoice__pdf", "invoice__content", "booking__quote")
        .order_by("valued_on", "id")
    )
