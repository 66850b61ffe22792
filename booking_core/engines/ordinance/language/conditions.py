"""The idea *match*: when a rule applies. Every field that is given must hold.

Not here: testing a booking (``matching``).
"""

from decimal import Decimal
from typing import Annotated, Literal, Union

from pydantic import BeforeValidator, Field, PlainSerializer, StrictBool, StrictStr, model_validator

from booking_core.engines.ordinance.language.measures import MeasureOrWord
from booking_core.engines.ordinance.language.vocabulary import (
    ClockWindow,
    DateRanges,
    Id,
    Ids,
    Notice,
    Number,
    Part,
    Range,
    Seasons,
    Weekdays,
    expected,
    listed,
)

THIS_RESOURCE = "this_resource"


class FactTest(Range):
    """What an answer must be, where a plain value or list will not do."""

    includes: Id | None = Field(
        None, description="The answer names this; this_resource stands for the resource in question."
    )
    given: bool | None = Field(None, description="True: there is an answer. False: there is none.")


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


FactNumber = Annotated[
    Number, PlainSerializer(_json_number, return_type=int | float, when_used="json")
]  # stays a number in JSON, so that the answer "3" and the answer 3 remain two things
FactScalar = StrictBool | StrictStr | FactNumber
FactWanted = FactScalar | tuple[FactScalar, ...] | FactTest


class ValueTest(Range):
    """A measure within a range."""

    of: MeasureOrWord = Field(description="The measure that is compared.")


ValueTests = Annotated[
    tuple[ValueTest, ...], BeforeValidator(listed, json_schema_input_type=ValueTest | tuple[ValueTest, ...])
]


class Booked(Range):
    """How many resources of a list are booked."""

    of: Ids = Field(description="The resources that are counted.")


class Quota(Range):
    """What a person has used within a period, this booking included, in every period it touches."""

    count: Literal["days", "hours", "bookings"] = Field(
        description="What is counted: days, hours or bookings."
    )
    per: Literal["day", "week", "month", "year", "row"] = Field(
        description="Calendar day, week, month or year; row: days that follow one another without a gap."
    )
    of: Ids | None = Field(
        None, description="Only the use of these resources and of what comprises them; left out: of all."
    )

    @model_validator(mode="after")
    def _bounded_and_days_in_a_row(self) -> "Quota":
        if not self.bounds():
            raise expected(
                "Hier wird mindestens eines erwartet: min, max, over, under.",
                "At least one is expected here: min, max, over, under.",
            )
        if self.per == "row" and self.count != "days":
            raise expected(
                "per: row wird nur mit count: days erwartet.", "per: row is expected only with count: days."
            )
        return self


Whens = Annotated[
    tuple["When", ...],
    BeforeValidator(listed, json_schema_input_type=Union["When", tuple["When", ...]]),
]


class When(Part):
    """When a rule applies. Fields are joined by *and*; values in a list by *or*."""

    resource: Ids | None = Field(
        None, description="The resource in question; for a whole booking: one booked."
    )
    uses: Ids | None = Field(None, description="Like resource, also where a booked resource comprises it.")
    kind: Ids | None = Field(None, description="Kind of the resource in question.")
    group: Ids | None = Field(None, description="Customer group.")
    purpose: Ids | None = Field(None, description="Purpose of the booking.")
    part: Ids | None = Field(None, description="Day part; only where a rule is split by day part.")
    extra: Ids | None = Field(None, description="One of these extras is ordered.")
    facts: dict[Id, FactWanted] | None = Field(None, description="Answers to questions: value, list or test.")
    classes: dict[Id, Ids] | None = Field(None, description="Class the document derives, e.g. size: [small].")
    reading: dict[Id, Ids] | None = Field(None, description="Only under this reading of an ambiguity.")
    booked: Booked | None = Field(None, description="How many of certain resources are booked.")
    persons: Range | None = Field(None, description="Number of persons announced.")
    hours: Range | None = Field(None, description="Elapsed hours of a date.")
    days: Range | None = Field(None, description="Calendar days a date touches.")
    dates: Range | None = Field(None, description="Number of dates of a series.")
    area_m2: Range | None = Field(None, description="Floor area of the resource in question.")
    values: ValueTests | None = Field(None, description="Any other measure within a range.")
    quota: Quota | None = Field(
        None, description="Use within a day, week, month, year or in a row, this booking included."
    )
    weekday: Weekdays | None = Field(None, description="Weekday on which every date starts.")
    season: Seasons | None = Field(None, description="Stretch of the calendar, or several.")
    between: DateRanges | None = Field(
        None,
        description="Certain days of certain years; any day of the booking lies in one of the stretches.",
    )
    holiday: bool | None = Field(None, description="The first day is (not) a public holiday of the state.")
    starts: ClockWindow | None = Field(None, description="Clock time of the start of every date.")
    ends: ClockWindow | None = Field(
        None, description="Clock time of the end of every date, on its own day; midnight is 24:00."
    )
    lead: Notice | None = Field(None, description="Time from the request to the start.")
    notice: Notice | None = Field(None, description="Time from the cancellation to the start.")
    any_of: Whens | None = Field(None, description="At least one of these holds.")
    none_of: Whens | None = Field(None, description="None of these holds.")

    @model_validator(mode="after")
    def _clauses_not_empty(self) -> "When":
        for name in ("any_of", "none_of", "values", "season", "between"):
            if getattr(self, name) == ():
                raise expected(
                    f"{name}: mindestens ein Eintrag wird erwartet.",
                    f"{name}: at least one entry is expected.",
                )
        return self


CONDITION_FIELDS: tuple[str, ...] = tuple(When.model_fields)
ALWAYS = When()
When.model_rebuild()
