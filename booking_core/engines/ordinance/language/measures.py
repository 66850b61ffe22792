"""The idea *measure*: how much is counted, in which steps, and how a fraction is rounded.

Not here: counting itself (``measuring``).
"""

from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from booking_core.engines.ordinance.language.vocabulary import (
    Clock,
    ClockWindow,
    Id,
    Number,
    Part,
    Seasons,
    Weekdays,
    exactly_one,
    expected,
)

Count = Literal[
    "booking",
    "dates",
    "minutes",
    "hours",
    "weekly_hours",
    "days",
    "nights",
    "days_24h",
    "handover_periods",
    "weeks",
    "months",
    "persons",
    "pieces",
    "quantity",
    "resources",
    "area_m2",
]
TIME_COUNTS = frozenset(
    {"minutes", "hours", "days", "nights", "days_24h", "handover_periods", "weeks", "months", "dates"}
)
DURING_COUNTS = ("minutes", "hours", "days")
SOURCES = ("count", "fact", "measured", "history", "number", "product", "sum", "largest", "smallest")

# A measure written as one word.
SHORT: dict[str, dict[str, object]] = {
    "booking": {"count": "booking"},
    "date": {"count": "dates"},
    "minute": {"count": "minutes"},
    "hour": {"count": "hours"},
    "started_hour": {"count": "hours", "round": "up"},
    "day": {"count": "days"},
    "night": {"count": "nights"},
    "day_24h": {"count": "days_24h"},
    "handover_period": {"count": "handover_periods"},
    "week": {"count": "weeks"},
    "month": {"count": "months"},
    "person": {"count": "persons"},
    "piece": {"count": "pieces"},
    "quantity": {"count": "quantity"},
    "resource": {"count": "resources"},
    "m2": {"count": "area_m2"},
}


class During(ClockWindow):
    """Part of the time. The window may run over midnight; weekday, holiday and season look at each calendar day."""

    weekday: Weekdays | None = Field(None, description="Only on these weekdays.")
    holiday: bool | None = Field(
        None, description="Only on public holidays of the state, or (false) never on them."
    )
    season: Seasons | None = Field(
        None, description="Only in this stretch of the calendar, or in one of several."
    )


class Measure(Part):
    """What is counted. Exactly one source; then what lies ``above``, ``divided_by``, ``step``, then rounding.

    One word will do for the common ones: booking, date, hour, started_hour, day, night, day_24h, handover_period,
    week, month, person, piece, quantity, resource, m2.
    """

    count: Count | None = Field(
        None,
        description="Counted from the booking: booking (always 1), dates of a series, minutes, hours, weekly_hours (of "
        "the fullest week), days (calendar days touched), nights, days_24h, handover_periods, weeks, months, persons, "
        "pieces of the resource, quantity of the extra, resources, area_m2 of the resource.",
    )
    fact: Id | None = Field(None, description="The answer to a question of the document.")
    measured: Id | None = Field(None, description="What was read after use; before that there is no line.")
    history: Id | None = Field(None, description="What the person brings along, e.g. minutes left on a card.")
    number: Number | None = Field(None, description="A fixed number.")
    product: "tuple[MeasureOrWord, ...] | None" = Field(None, description="All of these multiplied.")
    sum: "tuple[MeasureOrWord, ...] | None" = Field(None, description="All of these added.")
    largest: "tuple[MeasureOrWord, ...] | None" = Field(None, description="The largest of these.")
    smallest: "tuple[MeasureOrWord, ...] | None" = Field(None, description="The smallest of these.")
    during: During | None = Field(
        None, description="Minutes, hours and days: count only what of the time lies in this window."
    )
    day_change: Clock = Field(
        "00:00",
        description="Days and nights: clock time at which a new day begins, e.g. 04:00 where the night belongs to the "
        "day before.",
    )
    above: "MeasureOrWord | None" = Field(None, description="Count only what exceeds this.")
    divided_by: "MeasureOrWord | None" = Field(
        None,
        description="Count only this share, e.g. what is read for all by the number of those who share it.",
    )
    step: Number = Field(Number(1), gt=0, description="Size of one unit, e.g. 10 for steps of ten minutes.")
    round: Literal["exact", "up", "down", "nearest"] = Field(
        "exact", description="What happens to a started unit: exact, up (it counts), down, nearest (half up)."
    )
    tolerance: Number = Field(
        Number(0), ge=0, description="With round up: how far beyond a full unit costs nothing, before steps."
    )
    rounding_over: Literal["date", "booking"] = Field(
        "date", description="In a series: round each date by itself, or the sum over the booking."
    )
    stretch: Literal["dates", "whole"] = Field(
        "dates",
        description="In a series: count each date by itself, or the whole stretch from the first date to the last.",
    )
    clock: Literal["elapsed", "wall"] = Field(
        "elapsed",
        description="Minutes, hours and days_24h: elapsed time, or the difference of the two wall clocks.",
    )

    @model_validator(mode="after")
    def _one_source(self) -> "Measure":
        exactly_one(self, SOURCES)
        if self.during is not None and self.count not in DURING_COUNTS:
            raise expected(
                "during wird nur bei minutes, hours und days erwartet.",
                "during is expected only with minutes, hours and days.",
            )
        if self.day_change != "00:00" and self.count not in ("days", "nights"):
            raise expected(
                "day_change wird nur bei days und nights erwartet.",
                "day_change is expected only with days and nights.",
            )
        if self.stretch == "whole" and self.count not in TIME_COUNTS - {"dates"}:
            raise expected(
                "stretch wird nur erwartet, wo Zeit gezählt wird, z. B. bei days, weeks und months.",
                "stretch is expected only where time is counted, e.g. with days, weeks and months.",
            )
        return self

    def parts(self) -> "tuple[Measure, ...]":
        """The measures this one is made of."""
        return self.product or self.sum or self.largest or self.smallest or ()

    def operands(self) -> "tuple[Measure, ...]":
        """All measures inside this one."""
        return (*self.parts(), *(one for one in (self.above, self.divided_by) if one is not None))

    def follows_time(self) -> bool:
        """Whether the figure belongs to one date, so that a series adds the dates up."""
        if self.rounding_over == "booking" or self.stretch == "whole":
            return False
        return self.count in TIME_COUNTS or any(inner.follows_time() for inner in self.operands())

    def after_use(self) -> bool:
        """Whether the figure is known only after use."""
        return self.measured is not None or any(inner.after_use() for inner in self.operands())


def _from_word(value: object) -> object:
    if isinstance(value, str):
        if value not in SHORT:
            words = ", ".join(SHORT)
            near = get_close_matches(value, SHORT, n=1)
            german, english = (f" Meinten Sie {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
            raise expected(
                f"Hier wird ein Maß erwartet: {words}.{german}",
                f"A measure is expected here: {words}.{english}",
            )
        return SHORT[value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"number": value}
    return value


_Word = Annotated[str, Field(json_schema_extra={"enum": [*SHORT]})]
MeasureOrWord = Annotated[
    Measure, BeforeValidator(_from_word, json_schema_input_type=_Word | int | float | Measure)
]
Measure.model_rebuild()
