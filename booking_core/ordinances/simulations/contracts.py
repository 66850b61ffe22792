"""What leaves a simulation: the run, its sums as they are stored and read back, its bookings.

Not here: steps of a run (``services``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from booking_core.engines.simulation import NOTHING, Change, Comparison, Fate, Sum, joined

#: What a document calls things by, and what may be renamed from one version to the next.
KINDS = ("resources", "groups", "purposes", "extras")
Renamed = Mapping[str, Mapping[str, str]]
OPEN_STATES = ("queued", "running")
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SimulatedBooking:
    """One booking of a run; ``why`` in German and English, empty where it is simply priced."""

    uuid: UUID
    number: str
    group: str
    month: str
    fate: Fate
    before_cents: int
    after_cents: int
    why_de: str = ""
    why_en: str = ""

    @property
    def difference_cents(self) -> int:
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be tried out: a period, both days included, and what the version calls codes it has renamed.

    ``total``: how many bookings lie in it. ``elsewhere``: how many more use the same rooms, but were not priced by
    this ordinance.
    """

    first_on: date
    last_on: date
    mapping: Renamed
    total: int
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run has found so far, up to the booking with id ``after_id``. Parts of it add up."""

    after_id: int = 0
    done: int = 0
    comparison: Comparison = NOTHING
    winners: tuple[SimulatedBooking, ...] = ()
    losers: tuple[SimulatedBooking, ...] = ()
    others: tuple[SimulatedBooking, ...] = ()

    def with_batch(
        self, after_id: int, comparison: Comparison, bookings: Sequence[SimulatedBooking]
    ) -> "Findings":
        """The next batch added: its sums, and of its bookings those a page shows."""
        priced = [row for row in bookings if row.fate is Fate.PRICED]
        cheaper = [*self.winners, *(row for row in priced if row.difference_cents < 0)]
        dearer = [*self.losers, *(row for row in priced if row.difference_cents > 0)]
        others = [*self.others, *(row for row in bookings if row.fate is not Fate.PRICED)]
        return Findings(
            after_id=after_id,
            done=self.done + len(bookings),
            comparison=joined(self.comparison, comparison),
            winners=_first(cheaper),
            losers=_first(dearer),
            others=tuple(others[:MOST_SHOWN]),
        )


def _first(rows: Iterable[SimulatedBooking]) -> tuple[SimulatedBooking, ...]:
    """The largest differences first."""
    return tuple(sorted(rows, key=lambda row: (-abs(row.difference_cents), row.number))[:MOST_SHOWN])


@dataclass(frozen=True, slots=True)
class SimulationView:
    """A version's simulation without its single bookings. ``findings`` are whole once it is done."""

    version_id: int
    ordinance_id: int
    ordinance_name: str
    version_number: int
    question: Question
    state: str
    state_label: str
    attempt: int
    revision: int
    revision_now: int
    started_by: str
    started_at: datetime
    progress_at: datetime
    finished_at: datetime | None
    findings: Findings = field(default=Findings())

    @property
    def is_open(self) -> bool:
        """Still to be computed."""
        return self.state in OPEN_STATES

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def is_outdated(self) -> bool:
        """The draft was changed since it was computed."""
        return self.is_done and self.revision != self.revision_now


def question_to_data(question: Question) -> dict[str, Any]:
    """The question as plain JSON values."""
    return {
        **asdict(question),
        "first_on": question.first_on.isoformat(),
        "last_on": question.last_on.isoformat(),
        "mapping": {kind: dict(codes) for kind, codes in question.mapping.items()},
    }


def question_from_data(data: Mapping[str, Any]) -> Question:
    """Rebuild a question from ``question_to_data``."""
    first_on, last_on = date.fromisoformat(data["first_on"]), date.fromisoformat(data["last_on"])
    return Question(first_on, last_on, data["mapping"], data["total"], data["elsewhere"])


def findings_to_data(findings: Findings) -> dict[str, Any]:
    """What was found so far as plain JSON values."""
    return {
        "after_id": findings.after_id,
        "done": findings.done,
        "comparison": asdict(findings.comparison),
        **{name: [booking_to_data(row) for row in getattr(findings, name)] for name in _SHOWN},
    }


_SHOWN = ("winners", "losers", "others")


def findings_from_data(data: Mapping[str, Any]) -> Findings:
    """Rebuild findings from ``findings_to_data``."""
    shown = {name: tuple(map(booking_from_data, data[name])) for name in _SHOWN}
    return Findings(data["after_id"], data["done"], _comparison_from_data(data["comparison"]), **shown)


def _comparison_from_data(data: Mapping[str, Any]) -> Comparison:
    return Comparison(
        total=Sum(**data["total"]),
        by_group=tuple(Sum(**one) for one in data["by_group"]),
        by_resource=tuple(Sum(**one) for one in data["by_resource"]),
        by_month=tuple(Sum(**one) for one in data["by_month"]),
        changes=tuple(Change(**one) for one in data["changes"]),
        open_bookings=data["open_bookings"],
        open_cents=data["open_cents"],
        not_comparable=dict(data["not_comparable"]),
        unanswered=dict(data["unanswered"]),
    )


def booking_to_data(one: SimulatedBooking) -> list[object]:
    """One booking as a short JSON list."""
    return [
        str(one.uuid), one.number, one.group, one.month, one.fate.value, one.before_cents, one.after_cents,
        one.why_de, one.why_en,
    ]  # fmt: skip


def booking_from_data(data: Sequence[object]) -> SimulatedBooking:
    """Rebuild a booking from ``booking_to_data``."""
    uuid, number, group, month, fate, before, after, why_de, why_en = data
    return SimulatedBooking(
        UUID(str(uuid)), str(number), str(group), str(month), Fate(str(fate)), cast(int, before), cast(int, after),
        str(why_de), str(why_en),
    )  # fmt: skip
