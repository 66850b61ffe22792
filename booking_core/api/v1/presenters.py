"""Turn the rooms' values into plain data for the serializers."""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from booking_core.api.v1.series_shapes import series_data
from booking_core.engines.ordinance import Outcome, Quote, quote_from_data
from booking_core.kernel.money import CURRENCY
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingRow, BookingView, Page
from booking_core.reservations.settling import SettlementView


def spans_data(spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Spans as start and end."""
    return [{"start": span.start, "end": span.end} for span in spans]


def span_texts(spans: Iterable[Span], zone: ZoneInfo) -> list[dict[str, str]]:
    """The same as text in the town's offset, ready to send: a serializer would look at each of thousands."""
    return [
        {"start": span.start.astimezone(zone).isoformat(), "end": span.end.astimezone(zone).isoformat()}
        for span in spans
    ]


def quote_data(quote: Quote | None, language: str) -> dict[str, Any]:
    """A quote in one language; None means that no ordinance is in force."""
    if quote is None:
        return {
            "outcome": Outcome.NEEDS_DECISION, "currency": CURRENCY, "total": None, "deposit": None,
            "lines": [], "reasons": [],
        }  # fmt: skip
    priced = quote.fee_known
    return {
        "outcome": quote.outcome,
        "currency": CURRENCY,
        "total": str(quote.total.euros) if priced else None,
        "deposit": str(quote.deposit.euros) if priced and quote.deposit_known else None,
        "lines": [
            {
                "label": line.label.in_language(language),
                "quantity": str(line.quantity),
                "unit": line.unit,
                "unit_price": str(line.unit_price),
                "amount": str(line.amount.euros),
                "after_use": line.after_use,
                "paragraph": line.paragraph,
                "explanation": line.explanation.in_language(language),
            }
            for line in quote.lines
        ],
        "reasons": [
            {"code": reason.code, "text": reason.text.in_language(language), "paragraph": reason.paragraph}
            for reason in quote.reasons
        ],
    }


def booking_data(booking: BookingView, *, settlement: SettlementView | None = None) -> dict[str, Any]:
    """A booking without its history; ``settlement`` is the last one, None before the use is settled."""
    return {
        "uuid": booking.uuid,
        "number": booking.number,
        "state": booking.state,
        "title": booking.title,
        "items": [
            {
                "resource": item.resource_slug,
                "start": item.span.start,
                "end": item.span.end,
                "quantity": item.quantity,
                "date": item.slot,
                "attendance": item.attendance,
            }
            for item in booking.items
        ],
        "total": str(booking.total.euros),
        "deposit": str(booking.deposit.euros),
        "currency": booking.total.currency,
        "requested_at": booking.requested_at,
        "version": booking.version,
        "series": series_data(booking.series),
        "settlement": None if settlement is None else settlement_data(settlement, booking.language),
    }


def settlement_data(settlement: SettlementView, language: str) -> dict[str, Any]:
    """What a use came to, with the ordinance's lines in one language."""
    quote = quote_from_data(settlement.quote) if settlement.quote else None
    return {
        "number": settlement.number,
        "settled_at": settlement.settled_at,
        "fee": str(settlement.fee.euros),
        "damages": [
            {"text": one.text, "amount": str(one.amount.euros)} for one in settlement.figures.damages
        ],
        "total": str(settlement.total.euros),
        "difference": str(settlement.difference.euros),
        "deposit_kept": str(settlement.deposit_kept.euros),
        "deposit_returned": str(settlement.deposit_returned.euros),
        "balance": str(settlement.balance.euros),
        "lines": quote_data(quote, language)["lines"],
    }


def booking_page_data(page: Page[BookingRow]) -> dict[str, Any]:
    """One page of the list of bookings."""
    return {
        "count": page.total,
        "page": page.number,
        "pages": page.last,
        "results": [_booking_row_data(row) for row in page.rows],
    }


def _booking_row_data(row: BookingRow) -> dict[str, Any]:
    return {
        "uuid": row.uuid,
        "number": row.number,
        "state": row.state,
        "title": row.title,
        "resource_names": row.resource_names,
        "location_names": row.location_names,
        "start": row.start,
        "end": row.end,
        "total": str(row.total.euros),
        "currency": row.total.currency,
        "requested_at": row.requested_at,
    }
