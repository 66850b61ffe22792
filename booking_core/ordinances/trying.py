"""Try a version out by hand: the calculator asks in the document's own words, drafts included.

Not here: the price of a real booking (``quoting``), which knows resources instead of codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import (
    CheckReport,
    Document,
    Quote,
    QuoteRequest,
    check,
    document_to_data,
    quote,
)
from booking_core.kernel.spans import Span
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.quoting import answers
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class Trial:
    """One case for the calculator; all ids are the document's own."""

    codes: tuple[str, ...]
    spans: tuple[Span, ...]
    group: str = ""
    purpose: str = ""
    persons: int | None = None
    extras: Mapping[str, Decimal] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)


def try_version(version_id: int, trial: Trial, *, now: datetime) -> Quote:
    """What the version says to ``trial``. Raises NotFound, InvalidInput."""
    version = stored_version(version_id)
    return try_document(version.document, trial, zone=tenant_zone(), readings=version.readings, now=now)


def try_document(
    document: Document, trial: Trial, *, zone: ZoneInfo, readings: Mapping[str, str], now: datetime
) -> Quote:
    """What a document says to ``trial``, in whatever schema one stands. Raises InvalidInput."""
    return quote(
        document,
        QuoteRequest(
            resources=trial.codes,
            spans=trial.spans,
            zone=zone,
            group=trial.group or None,
            purpose=trial.purpose or None,
            persons=trial.persons,
            extras={extra: amount for extra, amount in trial.extras.items() if amount},
            facts=answers(document, trial.facts),
            requested_at=now,
            readings=readings,
        ),
    )


def version_report(version: StoredVersion) -> CheckReport:
    """The version's own examples, run now."""
    return check(version.document)


def version_data(version: StoredVersion) -> dict[str, object]:
    """The version's document as plain values, for download."""
    return document_to_data(version.document)
