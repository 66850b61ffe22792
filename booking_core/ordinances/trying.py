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
    FactValue,
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
    """One case for the calculator; all ids are the document's own. Without ``requested_at`` it is asked for now."""

    codes: tuple[str, ...]
    spans: tuple[Span, ...]
    group: str = ""
    purpose: str = ""
    persons: int | None = None
    extras: Mapping[str, Decimal] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    measured: Mapping[str, Decimal] = field(default_factory=dict)
    requested_at: datetime | None = None
    further_groups: tuple[str, ...] = ()


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
            requested_at=trial.requested_at or now,
            measured=trial.measured,
            readings=readings,
            further_groups=tuple(one for one in trial.further_groups if one != trial.group),
        ),
    )


def case_data(document: Document, trial: Trial) -> dict[str, object]:
    """The case as the language writes bookings, on the town's wall clock: the beginning of a worked example."""
    spans = [{"start": _wall(span.start), "end": _wall(span.end)} for span in trial.spans]
    times: dict[str, object] = dict(spans[0]) if len(spans) == 1 else {"spans": spans}
    data: dict[str, object] = {"resources": list(trial.codes), **times}
    further: dict[str, object] = {
        "group": trial.group,
        "further_groups": list(trial.further_groups),
        "purpose": trial.purpose,
        "persons": trial.persons,
        "extras": {name: str(amount) for name, amount in trial.extras.items() if amount},
        "facts": {name: _plain(answer) for name, answer in answers(document, trial.facts).items()},
        "measured": {name: str(amount) for name, amount in trial.measured.items()},
        "requested_at": _wall(trial.requested_at) if trial.requested_at else None,
    }
    return {**data, **{name: value for name, value in further.items() if value not in (None, "", {}, [])}}


def version_report(version: StoredVersion) -> CheckReport:
    """The version's own examples, run now."""
    return check(version.document)


def version_data(version: StoredVersion) -> dict[str, object]:
    """The version's document as plain values, for download."""
    return document_to_data(version.document)


def _wall(moment: datetime) -> str:
    return moment.astimezone(tenant_zone()).replace(tzinfo=None).isoformat(timespec="seconds")


def _plain(answer: FactValue) -> object:
    if isinstance(answer, Decimal):
        return int(answer) if answer == answer.to_integral_value() else float(answer)
    return list(answer) if isinstance(answer, tuple) else answer
