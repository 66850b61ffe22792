"""The whole document: who, what, questions, rules, examples.

Not here: whether its references lead somewhere (``references``).
"""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from booking_core.engines.ordinance.language.conditions import FactScalar, When
from booking_core.engines.ordinance.language.examples import Example
from booking_core.engines.ordinance.language.prices import Addon, Rate
from booking_core.engines.ordinance.language.rules import (
    Account,
    Adjustment,
    Cancellation,
    Cap,
    Deposit,
    Exemption,
    Handover,
    Limit,
    Payment,
    Silence,
    Tax,
)
from booking_core.engines.ordinance.language.vocabulary import (
    Clock,
    Id,
    Ids,
    Number,
    Part,
    Text,
    UnitId,
    expected,
    listed,
)

FORMAT = 1


class Named(Part):
    """A group, purpose or option to choose from."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="Words for people.")
    description: Text | None = Field(None, description="Who or what is meant.")


class Resource(Part):
    """Something that can be booked."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="Words for people.")
    kind: Literal["room", "hall", "part", "place", "desk", "device", "vehicle"] = Field(description="Kind.")
    area_m2: Number | None = Field(None, description="Floor area in square metres.")
    part_of: Id | None = Field(None, description="The resource it is a part of.")
    comprises: Ids = Field((), description="The resources it consists of or claims.")
    pieces: int = Field(1, ge=1, le=1_000_000, description="How many of it there are.")


class Extra(Part):
    """Something that can be ordered beside the resource."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="Words for people.")
    unit: UnitId = Field("piece", description="What the quantity counts.")
    max_quantity: int | None = Field(None, ge=1, description="Most that can be ordered.")
    resources: Ids = Field((), description="Only with these resources; left out: with all.")


class Fact(Part):
    """A question whose answer the rules need, or a figure read after use."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="The question.")
    kind: Literal["yes_no", "choice", "choices", "number", "text"] = Field(
        "yes_no", description="Kind of answer."
    )
    options: tuple[Named, ...] = Field((), description="Answers to choose from.")
    default: FactScalar | tuple[str, ...] | None = Field(None, description="Answer where none is given.")
    unit: UnitId | None = Field(None, description="Unit of a number.")
    resources: Ids = Field((), description="Asked only for these resources.")
    groups: Ids = Field((), description="Asked only of these groups.")
    purposes: Ids = Field((), description="Asked only for these purposes.")
    after_use: bool = Field(False, description="Read after use (meters, counts, turnover).")
    internal: bool = Field(False, description="Answered by staff, not asked of citizens.")


class Ambiguity(Part):
    """A place where the text leaves room. Rules name the reading they belong to."""

    id: Id = Field(description="Name used in rules.")
    question: Text = Field(description="What is open.")
    readings: tuple[Named, ...] = Field(min_length=1, description="The defensible readings.")
    default: Id = Field(description="The reading where the municipality has not chosen.")
    paragraph: str = Field("", description="Where it stands.")


class DayPart(Part):
    """A named stretch of the day. It may run over midnight; its hours after midnight belong to the next day."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="Words for people.")
    from_: Clock = Field(alias="from", description="Clock time.")
    to: Clock = Field(description="Clock time.")

    @model_validator(mode="after")
    def _is_a_stretch(self) -> "DayPart":
        if self.from_ == self.to:
            raise expected("Anfang und Ende müssen verschieden sein.", "Start and end must differ.")
        return self


class ClassValue(Named):
    """One class and when it holds."""

    when: When = Field(description="When it holds.")


class ClassOf(Part):
    """A class derived from the booking (size, season, kind of user); the first value that holds counts."""

    id: Id = Field(description="Name used in rules.")
    label: Text = Field(description="Words for people.")
    values: tuple[ClassValue, ...] = Field(min_length=1, description="The classes, in order.")


class Unit(Part):
    """Words for a unit of the document's own."""

    id: UnitId = Field(description="Name used in rules.")
    label: Text = Field(description="One of it, e.g. Kilometer / kilometre.")


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise expected(
            "Hier wird eine Zeitzone wie Europe/Berlin erwartet.",
            "A time zone like Europe/Berlin is expected here.",
        ) from None


class Ordinance(Part):
    """An ordinance of fees and use."""

    format: Literal[1] = Field(description="Version of this language.")
    name: Text = Field(description="Name of the ordinance.")
    municipality: str = Field(description="Whose it is.", min_length=1)
    state: Literal[
        "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"
    ] = Field(description="State, for its public holidays.")
    zone: Annotated[str, BeforeValidator(_zone)] = Field(
        "Europe/Berlin", description="Time zone of the examples."
    )
    source: Annotated[
        tuple[str, ...], BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])
    ] = Field((), description="Where it is published.")
    in_force: str = Field("", description="Since when.")
    completeness: Text | None = Field(None, description="What of the source is expressed here, what is not.")
    resources: tuple[Resource, ...] = Field(min_length=1, description="What can be booked.")
    groups: tuple[Named, ...] = Field((), description="Customer groups.")
    purposes: tuple[Named, ...] = Field((), description="Purposes.")
    extras: tuple[Extra, ...] = Field((), description="What can be ordered beside.")
    facts: tuple[Fact, ...] = Field((), description="Questions whose answers the rules need.")
    units: tuple[Unit, ...] = Field((), description="Units of the document's own.")
    ambiguities: tuple[Ambiguity, ...] = Field((), description="Where the text leaves room.")
    day_parts: tuple[DayPart, ...] = Field((), description="Named stretches of the day.")
    classes: tuple[ClassOf, ...] = Field((), description="Classes derived from the booking.")
    handover: tuple[Handover, ...] = Field((), description="Handover times.")
    rates: tuple[Rate, ...] = Field((), description="What resources cost.")
    addons: tuple[Addon, ...] = Field((), description="What comes on top.")
    adjustments: tuple[Adjustment, ...] = Field((), description="Surcharges and discounts.")
    caps: tuple[Cap, ...] = Field((), description="Least and greatest amounts of several lines.")
    exemptions: tuple[Exemption, ...] = Field((), description="Who pays nothing.")
    deposit: tuple[Deposit, ...] = Field((), description="Deposits.")
    tax: tuple[Tax, ...] = Field((), description="Value added tax.")
    limits: tuple[Limit, ...] = Field((), description="Rules of use.")
    cancellation: tuple[Cancellation, ...] = Field((), description="What cancelling costs.")
    payment: tuple[Payment, ...] = Field((), description="When to pay.")
    accounts: tuple[Account, ...] = Field((), description="Balances carried on.")
    silence: Silence = Field(Silence(), description="What follows where no rate covers a resource.")
    combinations: Literal["decide", "cheapest", "dearest"] = Field(
        "decide",
        description="Where several packages fit equally well: a clerk decides, or the cheaper or dearer.",
    )
    mixed_groups: Literal["decide", "highest", "lowest"] = Field(
        "decide",
        description="Where several groups take part: a clerk decides, or the dearer or cheaper counts.",
    )
    approval: Literal["always", "as_ruled"] = Field(
        "as_ruled", description="always: a clerk confirms every booking; as_ruled: where a limit says so."
    )
    priority_order: Ids = Field((), description="Groups in order of precedence where dates compete.")
    examples: tuple[Example, ...] = Field((), description="Worked bookings.")
