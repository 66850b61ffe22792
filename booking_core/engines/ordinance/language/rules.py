"""The ideas *factor*, *exempt*, *deposit*, *limit*, and what surrounds them: tax, payment, cancellation, handover.

Not here: rates and add-ons (``prices``).
"""

from typing import Literal

from pydantic import Field, model_validator

from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.language.measures import MeasureOrWord
from booking_core.engines.ordinance.language.prices import Bound, PriceOrAmount, Rule
from booking_core.engines.ordinance.language.vocabulary import (
    Clock,
    Ids,
    Number,
    Part,
    Period,
    Rounding,
    Text,
    UnitId,
    expected,
)

SCOPE_WORDS = ("all", "rates", "extras", "addons", "surcharges")
SCOPE = "Lines it is about: all, rates, extras, addons, surcharges, or ids of rules and extras."


class Adjustment(Rule):
    """A surcharge or discount in percent: as a factor inside each line, or as a line of its own."""

    label: Text = Field(description="Words for it.")
    of: Ids = Field(("rates",), description=SCOPE)
    percent: Number = Field(description="100 doubles, -50 halves, -100 makes free.", ge=-100)
    show: Literal["line", "factor"] = Field(
        "line", description="line: a line of its own, share × sum. factor: inside each line."
    )
    which: Literal["all", "dearest", "others"] = Field(
        "all",
        description="Of several resources: the lines of all, of the dearest only, or of all others, e.g. half price "
        "for each further room.",
    )

    @model_validator(mode="after")
    def _which_as_line(self) -> "Adjustment":
        if self.which != "all" and self.show == "factor":
            raise expected(
                "which wird nur zusammen mit show: line erwartet.", "which is expected only with show: line."
            )
        return self


class Cap(Rule):
    """A least or greatest amount for several lines together, or their rounding, shown as a line with the difference."""

    label: Text = Field(description="Words for it.")
    of: Ids = Field(("all",), description=SCOPE)
    minimum: Bound | None = Field(None, description="At least this amount.")
    maximum: Bound | None = Field(None, description="At most this amount.")

    round_to: Number | None = Field(
        None, gt=0, description="Round their sum to multiples of this: 1 is whole euros, 0.10 ten cents."
    )
    rounding: Rounding = Field("nearest", description="With round_to: nearest (half up), up or down.")

    @model_validator(mode="after")
    def _says_something(self) -> "Cap":
        if self.minimum is None and self.maximum is None and self.round_to is None:
            raise expected(
                "Hier wird minimum, maximum oder round_to erwartet.",
                "minimum, maximum or round_to is expected here.",
            )
        return self


class Exemption(Rule):
    """Somebody pays nothing for certain lines; one line with 0.00 says so."""

    label: Text = Field(description="Words for it.")
    of: Ids = Field(("all",), description=SCOPE)
    deposit: bool = Field(False, description="The deposit falls away as well.")
    per: Literal["booking", "resource"] = Field("booking", description="One line, or one for each resource.")
    unit: UnitId = Field("booking", description="Unit shown.")


class Deposit(Rule):
    """Money kept until everything is returned. All matching rules add up; never part of the total."""

    label: Text = Field(description="Words for it.")
    price: PriceOrAmount | None = Field(None, description="Euro, or a percentage of lines (200 is twice).")
    measure: MeasureOrWord | None = Field(None, description="What is counted; left out: the booking, once.")
    per: Literal["booking", "resource"] = Field("booking", description="Once, or for each matching resource.")
    unpublished: bool = Field(False, description="A deposit is due, but its amount is not known.")
    minimum: Number | None = Field(None, description="At least this many euro.")
    maximum: Number | None = Field(None, description="At most this many euro.")
    set_off: bool = Field(False, description="Set off against the fee after proper return.")

    @model_validator(mode="after")
    def _amount_or_unknown(self) -> "Deposit":
        if (self.price is None) != self.unpublished:
            raise expected(
                "Hier wird entweder price oder unpublished: true erwartet.",
                "Either price or unpublished: true is expected here.",
            )
        return self


class Tax(Rule):
    """Value added tax on certain lines; the most specific rule counts for each line."""

    of: Ids = Field(("all",), description=SCOPE)
    mode: Literal["added", "included", "none"] = Field(description="Added to the prices, included, or none.")
    percent: Number = Field(Number(0), ge=0, description="Rate in percent.")
    reason: Text | None = Field(None, description="Why: not taxable, exempt, small business, …")
    label: Text | None = Field(None, description="Words for the line of an added tax.")


class Limit(Rule):
    """A rule of use. Where ``when`` holds, ``require`` must hold too; without ``require`` it is simply not so."""

    require: When | None = Field(None, description="What must hold.")
    otherwise: Literal["refused", "needs_decision", "rule_violation", "approval", "hint"] = Field(
        "refused", description="What follows if not; approval: a clerk confirms; hint: only told."
    )
    per: Literal["booking", "resource"] = Field("booking", description="Tested once, or for each resource.")
    text: Text = Field(description="The sentence people read.")
    topic: Literal[
        "lead", "duration", "hours", "closed", "quota", "applicant", "capacity", "prerequisite", "other"
    ] = Field("other", description="What it is about.")
    field: str = Field("", description="The input to change, e.g. start, end, persons, group, facts.<id>.")


class Cancellation(Rule):
    """What a cancellation costs; the most specific matching rule counts."""

    label: Text = Field(description="Words for it.")
    price: PriceOrAmount = Field(
        description="Euro, or a percentage of lines of the quote; 0: free of charge."
    )
    minimum: Number | None = Field(None, description="At least this many euro.")
    maximum: Number | None = Field(None, description="At most this many euro.")
    plus: Number | None = Field(
        None, description="Euro on top in any case, e.g. for processing; not bounded by minimum and maximum."
    )


class Payment(Rule):
    """When fee and deposit must have arrived."""

    due: Period | None = Field(
        None, description="How long before or after; left out: on the day itself, before it begins."
    )
    counted: Literal["before_start", "after_request", "after_end"] = Field(
        "before_start",
        description="From where due counts: before the first day, after the day of the request, after the last day.",
    )
    text: Text = Field(description="The sentence people read.")


class Handover(Rule):
    """When keys change hands, and so what one handover period is."""

    from_: Clock = Field(alias="from", description="Clock time from which a period runs.")
    to: Clock = Field(description="Clock time at which it ends on the next day.")
    outside: Literal["refused", "needs_decision"] | None = Field(
        "needs_decision", description="What follows where start or end of several hours' use lie outside."
    )
    text: Text = Field(description="The sentence people read.")


class Silence(Part):
    """What follows where no rate covers a booked resource."""

    outcome: Literal["needs_decision", "refused"] = Field(
        "needs_decision", description="Clerk decides, or no."
    )
    text: Text | None = Field(None, description="The sentence people read.")


class Account(Rule):
    """A balance that is carried on, e.g. minutes on a prepaid card: start less used, never below zero."""

    label: Text = Field(description="Name of the account.")
    start: MeasureOrWord = Field(description="Balance before the booking, with what is bought now.")
    used: MeasureOrWord = Field(description="What the booking uses up.")
    unit: UnitId = Field("minute", description="Unit of the balance.")
