"""Bookings as the language writes them: worked examples with what must come out, and requests from outside.

Not here: running them (``checking``), turning them into requests (``requests``).
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from booking_core.engines.ordinance.language.conditions import FactScalar
from booking_core.engines.ordinance.language.vocabulary import Id, Ids, Moment, Number, Part, UnitId, expected

MOST_PIECES = 1_000_000
Pieces = Annotated[int, Field(ge=1, le=MOST_PIECES)]


class Dated(Part):
    """One date of a booking, local wall-clock times."""

    start: Moment = Field(description="Start, local time without zone.")
    end: Moment = Field(description="End, local time without zone.")


class Series(Part):
    """The same times again."""

    every: Literal["day", "week"] = Field("week", description="Distance of the dates.")
    dates: int = Field(ge=1, le=1_000, description="Number of dates, the first included.")


class Existing(Dated):
    """A booking that is already there."""

    resource: Id = Field(description="What it holds.")
    pieces: int = Field(1, ge=1, le=MOST_PIECES, description="How many of it.")


class ExpectedLine(Part):
    """A line as it must come out."""

    qty: Number = Field(description="Quantity.")
    unit: UnitId | None = Field(None, description="Unit.")
    price: Number = Field(description="Unit price in euro.")
    factor: Number = Field(Number(1), description="Factor.")
    amount: Number = Field(description="Amount in euro.")
    after: bool = Field(False, description="Settled after use.")


OutcomeWord = Literal["accepted", "refused", "needs_decision", "rule_violation", "cancelled"]


class Expected(Part):
    """What must come out. Only what is said is compared."""

    outcome: OutcomeWord = Field("accepted", description="Outcome.")
    lines: tuple[ExpectedLine, ...] | None = Field(None, description="All lines, in any order.")
    total: Number | None = Field(None, description="Known when booking.")
    total_after_settlement: Number | None = Field(None, description="After use.")
    deposit: Number | None = Field(None, description="Deposit.")
    to_pay: Number | None = Field(None, description="Fee and deposit together.")
    after_return: Number | None = Field(None, description="Deposit less fee: back, or negative still to pay.")
    payment_due: str | None = Field(None, description="Date, year-month-day.")
    fee_known: bool | None = Field(None, description="False: only rules, no fee known.")
    approval: bool | None = Field(None, description="A clerk must confirm.")
    reason: Id | None = Field(None, description="The rule that must be among the reasons.")
    balances: dict[Id, Number] | None = Field(None, description="Balances carried on.")
    priority: int | None = Field(None, description="Rank of the group.")


class ReadingExpected(Expected):
    """What must come out under a reading."""

    reading: dict[Id, Id] = Field(description="Ambiguity and the reading chosen.")


class BookingFacts(Part):
    """A booking as the language writes it: in examples, and in requests from outside."""

    resources: Ids = Field(description="Resources booked.")
    start: Moment | None = Field(None, description="Start, local time without zone.")
    end: Moment | None = Field(None, description="End, local time without zone.")
    spans: tuple[Dated, ...] = Field((), description="Several dates instead of start and end.")
    series: Series | None = Field(None, description="Repeats start and end.")
    group: Id | None = Field(None, description="Customer group.")
    further_groups: Ids = Field((), description="Other groups taking part.")
    purpose: Id | None = Field(None, description="Purpose.")
    persons: int | None = Field(None, ge=0, le=10_000_000, description="Persons announced.")
    pieces: dict[Id, Pieces] = Field({}, description="Pieces of a resource.")
    extras: dict[Id, Number] = Field({}, description="Extras ordered.")
    facts: dict[Id, FactScalar | tuple[str, ...]] = Field({}, description="Answers.")
    measured: dict[Id, Number] = Field({}, description="Figures read after use.")
    history: dict[str, Number] = Field({}, description="Earlier use, e.g. days:2026-09.")
    requested_at: Moment | None = Field(None, description="When it is asked for.")
    cancelled_at: Moment | None = Field(None, description="When it is cancelled.")
    paid_at: Moment | None = Field(None, description="When the money arrived.")

    @model_validator(mode="after")
    def _has_dates(self) -> "BookingFacts":
        if bool(self.spans) == (self.start is not None and self.end is not None):
            raise expected(
                "Hier werden entweder start und end oder spans erwartet.",
                "Either start and end, or spans are expected here.",
            )
        dates = [(one.start, one.end) for one in self.spans]
        if self.start is not None and self.end is not None:
            dates.append((self.start, self.end))
        if any(start >= end for start, end in dates):
            raise expected("Das Ende muss nach dem Anfang liegen.", "The end must lie after the start.")
        return self


class BookingRequest(BookingFacts):
    """A booking to be quoted, with the readings chosen."""

    readings: dict[Id, Id] = Field({}, description="Ambiguity and the reading chosen.")


class Example(BookingFacts):
    """A worked booking: the document's own test."""

    id: Id = Field(description="Name of the example.")
    note: str = Field("", description="What it shows.")
    existing: tuple[Existing, ...] = Field((), description="Bookings already there.")
    expect: Expected | None = Field(None, description="What must come out.")
    readings: tuple[ReadingExpected, ...] = Field((), description="What must come out under each reading.")

    @model_validator(mode="after")
    def _has_expectation(self) -> "Example":
        if self.expect is None and not self.readings:
            raise expected("Hier wird expect oder readings erwartet.", "expect or readings is expected here.")
        return self
