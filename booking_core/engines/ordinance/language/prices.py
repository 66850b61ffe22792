"""The ideas *rate*, *step* and *cap*: what one unit costs, how the price changes with quantity, its bounds.

Not here: working out a price (``pricing``).
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from booking_core.engines.ordinance.language.conditions import ALWAYS, When
from booking_core.engines.ordinance.language.measures import MeasureOrWord
from booking_core.engines.ordinance.language.vocabulary import (
    Clock,
    Id,
    Ids,
    Number,
    Part,
    Rounding,
    Text,
    UnitId,
    exactly_one,
    expected,
)

PRICINGS = ("price", "steps", "bands", "unpublished")


class Price(Part):
    """An amount in euro per unit; a plain number will do. Otherwise where the amount comes from."""

    amount: Number | None = Field(None, description="Euro per unit, up to four decimals.")
    fact: Id | None = Field(None, description="The amount stands in this answer.")
    measured: Id | None = Field(None, description="The amount is entered after use.")
    like: Id | None = Field(None, description="The price this rule names for another resource.")
    of: Ids | None = Field(None, description="The sum of these lines (rates, extras, addons, or rule ids).")
    percent: Number = Field(Number(100), description="Take this percentage of it.")
    round_to: Number | None = Field(
        None, gt=0, description="Round to multiples of this: 1 is whole euros, 0.50 half ones."
    )
    rounding: Rounding = Field("nearest", description="With round_to: nearest (half up), up or down.")

    @model_validator(mode="after")
    def _one_source(self) -> "Price":
        exactly_one(self, ("amount", "fact", "measured", "like", "of"))
        return self

    def after_use(self) -> bool:
        """Whether the amount is known only after use."""
        return self.measured is not None


def _price(value: object) -> object:
    return value if isinstance(value, dict | Price) else {"amount": value}


PriceOrAmount = Annotated[Price, BeforeValidator(_price, json_schema_input_type=Number | Price)]


class PriceStep(Part):
    """One price for the whole quantity, if it reaches no further than this."""

    up_to: MeasureOrWord | None = Field(None, description="Reach of the step; left out: everything beyond.")
    price: PriceOrAmount = Field(description="Price for the whole.")
    label: Text | None = Field(None, description="Words for the line.")
    unit: UnitId | None = Field(None, description="Unit shown.")


class Band(Part):
    """A share of the quantity with its own price: each unit of it, or one flat for all of it."""

    up_to: MeasureOrWord | None = Field(None, description="Where the band ends; left out: open end.")
    each: PriceOrAmount | None = Field(None, description="Price of each unit in the band.")
    flat: PriceOrAmount | None = Field(None, description="One price for the band as soon as it is reached.")
    round: Literal["exact", "up", "down", "nearest"] = Field("exact", description="Rounding within the band.")
    label: Text | None = Field(None, description="Words for the line.")
    unit: UnitId | None = Field(None, description="Unit shown.")

    @model_validator(mode="after")
    def _one_price(self) -> "Band":
        exactly_one(self, ("each", "flat"))
        return self


class Pricing(Part):
    """What it costs. Exactly one of price, steps, bands, unpublished."""

    price: PriceOrAmount | None = Field(None, description="Price of each unit.")
    steps: tuple[PriceStep, ...] | None = Field(None, description="The whole quantity falls into one step.")
    bands: tuple[Band, ...] | None = Field(None, description="Each share of the quantity has its own price.")
    unpublished: bool | None = Field(None, description="There is a fee, but the document does not know it.")

    @model_validator(mode="after")
    def _ends_ascend(self) -> "Pricing":
        ends = [entry.up_to for entry in self.steps or self.bands or ()]
        known = [end.number for end in ends if end is not None and end.number is not None]
        if None in ends[:-1] or known != sorted(set(known)):
            raise expected(
                "up_to muss von Eintrag zu Eintrag wachsen; nur der letzte darf ohne Ende sein.",
                "up_to must grow from entry to entry; only the last may be without an end.",
            )
        return self

    def has_pricing(self) -> bool:
        """Whether any price is said."""
        return any(getattr(self, name) is not None for name in PRICINGS)


class Cell(When, Pricing):
    """One cell of a rate table: a condition and its price in one line."""

    id: Id | None = Field(None, description="Name of the cell, where others refer to it.")
    label: Text | None = Field(None, description="Words for the line, if other than the rule's.")
    unit: UnitId | None = Field(None, description="Unit shown, if other than the rule's.")
    paragraph: str = Field("", description="Where it stands, if other than the rule's.")

    @model_validator(mode="after")
    def _one_pricing(self) -> "Cell":
        exactly_one(self, PRICINGS)
        return self


class Bound(Part):
    """A least or greatest amount for what a rule charges."""

    amount: Number = Field(description="Euro.")
    per: Literal["booking", "date", "day", "week", "month"] = Field(
        "booking",
        description="For the booking, each date, each calendar day, or for the dates that begin in the same calendar "
        "week or month.",
    )
    label: Text | None = Field(None, description="Words for the line that shows it.")


class Split(Part):
    """Cut each date into pieces that are priced one by one.

    ``when`` of the rule is tested on the whole date, its cells on each piece: what changes from day to day or part
    to part (season, part) belongs into cells.
    """

    by: Literal["day", "day_part"] = Field(description="At midnight, or at the ends of the day parts.")
    gaps: Literal["decide", "free"] = Field(
        "decide", description="By day part: time that lies in no part needs a decision, or costs nothing."
    )
    combine: Literal["all", "highest", "lowest"] = Field(
        "all", description="Charge all pieces, or only the dearest or cheapest."
    )
    day_change: Clock = Field(
        "00:00", description="By day: cut at this clock time instead of midnight, e.g. 04:00 for feasts."
    )

    @model_validator(mode="after")
    def _day_change_by_day(self) -> "Split":
        if self.by != "day" and self.day_change != "00:00":
            raise expected(
                "day_change wird nur bei by: day erwartet.", "day_change is expected only with by: day."
            )
        return self


class Rule(Part):
    """What every rule has."""

    id: Id = Field(description="Unique name of the rule.")
    when: When = Field(ALWAYS, description="When it applies; left out: always.")
    paragraph: str = Field("", description="Where it stands in the ordinance: paragraph or heading.")
    priority: int = Field(
        0,
        ge=-1_000,
        le=1_000,
        description="Higher goes first; equal: the more specific condition goes first.",
    )
    note: Text | None = Field(None, description="What readers should know about it.")


class Charge(Rule, Pricing):
    """A rule that charges something: a measure and a price, or a table of prices."""

    label: Text | None = Field(None, description="Words for the line; left out: the name of the resource.")
    measure: MeasureOrWord | None = Field(None, description="What is counted.")
    times: MeasureOrWord | None = Field(None, description="Multiplies every quantity after steps and bands.")
    unit: UnitId | None = Field(None, description="Unit shown; left out: the word of the measure.")
    cells: tuple[Cell, ...] | None = Field(
        None, description="Prices as a table; the most specific cell counts."
    )
    split: Split | None = Field(None, description="Price day by day or day part by day part.")
    minimum: Bound | None = Field(None, description="At least this amount.")
    maximum: Bound | None = Field(None, description="At most this amount.")
    after_use: bool = Field(False, description="Settled after use; follows by itself from measured figures.")

    @model_validator(mode="after")
    def _table_or_price(self) -> "Charge":
        if (self.cells is not None) == self.has_pricing():
            raise expected(
                "Hier wird entweder cells erwartet oder genau eines: price, steps, bands, unpublished.",
                "Either cells or exactly one of price, steps, bands, unpublished is expected here.",
            )
        if self.cells is None:
            exactly_one(self, PRICINGS)
        return self


class Rate(Charge):
    """The price of a resource. A booked resource that no rate covers needs a decision: the text is silent."""

    take: Literal["each", "together", "set"] = Field(
        "each",
        description="Charge each matching resource, all matching resources together once, or exactly the listed "
        "resources as a package.",
    )
    choose: Literal["cheapest", "dearest"] | None = Field(
        None, description="Among equally good rates that all say so, take this one."
    )


class Addon(Charge):
    """A charge beside the rate: an extra that is ordered, or what comes by itself when the condition holds."""

    extra: Id | None = Field(None, description="The extra it prices; left out: it comes by itself.")
    per: Literal["booking", "resource"] = Field("booking", description="Once, or for each matching resource.")
