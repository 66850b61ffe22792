"""The price to show before somebody says who they are: the dearest group's, so that it only falls later.

Not here: the price of a wish that names its group (``quoting``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import Document, Outcome, Quote
from booking_core.ordinances.contracts import Past, PriceQuestion, Tariff
from booking_core.ordinances.quoting import common_version, quote_with


@dataclass(frozen=True, slots=True)
class AssumedPrice:
    """A quote with the group and purpose it was worked out for."""

    quote: Quote | None
    group: str = ""
    purpose: str = ""


def assumed_price(
    question: PriceQuestion, tariffs: Mapping[int, Tariff], *, zone: ZoneInfo, past: Past | None = None
) -> AssumedPrice:
    """Price the question; where it names no group or purpose, for the dearest group and the first purpose that fits.

    Purposes are tried in the document's order until one is accepted, so that "private party" comes before rarities.
    """
    version = common_version(question.resource_ids, tariffs)
    if version is None:
        return AssumedPrice(None)
    groups, purposes = _candidates(version.document, question)
    best: AssumedPrice | None = None
    for purpose in purposes:
        for group in groups:
            asked = replace(question, group=group, purpose=purpose)
            quote, _version = quote_with(asked, tariffs, zone=zone, past=past)
            price = AssumedPrice(quote, group, purpose)
            if best is None or _rank(price) > _rank(best):
                best = price
        if best is not None and best.quote is not None and best.quote.outcome == Outcome.ACCEPTED:
            break
    return best or AssumedPrice(None)


def _candidates(document: Document, question: PriceQuestion) -> tuple[list[str], list[str]]:
    groups = [question.group] if question.group else [one.id for one in document.groups]
    purposes = [question.purpose] if question.purpose else [one.id for one in document.purposes]
    return groups or [""], purposes or [""]


def _rank(price: AssumedPrice) -> tuple[int, int]:
    """Accepted before undecided before refused, then the higher total."""
    order = {Outcome.ACCEPTED: 2, Outcome.NEEDS_DECISION: 1}
    quote = price.quote
    return (order.get(quote.outcome, 0), quote.total.cents) if quote else (-1, 0)
