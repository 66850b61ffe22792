"""The small words of the language: texts, ids, numbers, clock times, ranges, periods.

Not here: conditions and rules built from them.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

MINUTES_PER_DAY = 24 * 60
_BEYOND = Decimal(10) ** 12
_MOST_PLACES = 10
FIRST_YEAR, LAST_YEAR = 1900, 2199


def expected(german: str, english: str) -> PydanticCustomError:
    """An error that says in both languages what should have stood there."""
    return PydanticCustomError("expected", "{english}", {"german": german, "english": english})


class Part(BaseModel):
    """A piece of a document: no unknown fields, never changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Part):
    """Words for people, in German and English. A label may contain {resource}."""

    de: str = Field(description="German text.", min_length=1)
    en: str = Field(description="English text.", min_length=1)


def _number(value: object) -> object:
    """Take 7.50, "7.50" and 7 alike; floats go through their shortest text, so 0.1 stays 0.1."""
    if isinstance(value, bool):
        raise expected("Hier wird eine Zahl erwartet.", "A number is expected here.")
    if not isinstance(value, int | float | str | Decimal):
        raise expected("Hier wird eine Zahl erwartet.", "A number is expected here.")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise _comma_or_no_number(str(value)) from None
    if not number.is_finite() or abs(number) >= _BEYOND or int(number.as_tuple().exponent) < -_MOST_PLACES:
        raise expected(
            "Hier wird eine Zahl unter einer Billion mit höchstens zehn Nachkommastellen erwartet.",
            "A number below 10¹² with at most ten decimals is expected here.",
        )
    return number


def _comma_or_no_number(text: str) -> PydanticCustomError:
    if re.fullmatch(r"\s*-?[\d.]*\d,\d+\s*€?\s*", text):
        return expected(
            "Hier wird eine Zahl mit Punkt statt Komma erwartet, zum Beispiel 7.50.",
            "A number with a point instead of a comma is expected here, for example 7.50.",
        )
    if re.fullmatch(r"\s*-?[\d.]+\s*(€|%|EUR|Euro)\s*", text):
        return expected(
            "Hier wird eine Zahl ohne € oder % dahinter erwartet, zum Beispiel 7.50.",
            "A number without € or % behind it is expected here, for example 7.50.",
        )
    return expected("Hier wird eine Zahl erwartet.", "A number is expected here.")


def _plain_number(value: Decimal) -> str:
    return format(value, "f")


Number = Annotated[
    Decimal, BeforeValidator(_number), PlainSerializer(_plain_number, return_type=str, when_used="json")
]
Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
UnitId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$")]  # 24h, 10min
Rounding = Literal["nearest", "up", "down"]


def listed(value: object) -> object:
    """One value may stand without its list."""
    return value if isinstance(value, list | tuple) else (value,)


Ids = Annotated[tuple[Id, ...], BeforeValidator(listed, json_schema_input_type=Id | tuple[Id, ...])]


def _matching(pattern: str, german: str, english: str) -> Callable[[object], object]:
    compiled = re.compile(pattern)

    def test(value: object) -> object:
        if not isinstance(value, str) or not compiled.match(value):
            raise expected(german, english)
        return value

    return test


Clock = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$",
            "Hier wird eine Uhrzeit wie 18:30 erwartet.",
            "A clock time like 18:30 is expected here.",
        )
    ),
]
MonthDay = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d|30|31)$(?<!02-30)(?<!02-31)(?<!(?:04|06|09|11)-31)",
            "Hier werden Monat und Tag wie 10-01 erwartet.",
            "Month and day like 10-01 are expected here.",
        )
    ),
]


def _moment(value: object) -> object:
    """A local time: text or a datetime without zone, in a year people book in."""
    moment = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            moment = None
    if isinstance(moment, datetime) and moment.tzinfo is None and FIRST_YEAR <= moment.year <= LAST_YEAR:
        return moment
    raise expected(
        "Hier wird eine Ortszeit wie 2026-09-12T11:00 erwartet, ohne Zeitzone.",
        "A local time like 2026-09-12T11:00 is expected here, without a time zone.",
    )


def _day(value: object) -> object:
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            day = None
    if isinstance(day, date) and not isinstance(day, datetime) and FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise expected("Hier wird ein Tag wie 2026-09-12 erwartet.", "A day like 2026-09-12 is expected here.")


_MomentText = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?$")]  # without a zone
Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=_MomentText)]
Day = Annotated[date, BeforeValidator(_day)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekdays = Annotated[
    tuple[Weekday, ...], BeforeValidator(listed, json_schema_input_type=Weekday | tuple[Weekday, ...])
]


def clock_minutes(clock: str) -> int:
    """Minutes since midnight of a ``Clock``; 24:00 is 1440."""
    return int(clock[:2]) * 60 + int(clock[3:])


class Range(Part):
    """A stretch of numbers. ``min`` and ``max`` belong to it, ``over`` and ``under`` do not."""

    min: Number | None = Field(None, description="At least this.")
    max: Number | None = Field(None, description="At most this.")
    over: Number | None = Field(None, description="More than this.")
    under: Number | None = Field(None, description="Less than this.")

    @model_validator(mode="after")
    def _says_something(self) -> "Range":
        if type(self) is Range and not self.bounds():
            raise _one_of("min, max, over, under")
        least = self.min if self.min is not None else self.over
        greatest = self.max if self.max is not None else self.under
        if least is not None and greatest is not None:
            is_closed = self.min is not None and self.max is not None
            if least > greatest or (least == greatest and not is_closed):
                raise expected(
                    "In diesem Bereich liegt keine Zahl: das Mindeste ist größer als das Höchste.",
                    "There is no number in this range: the least is greater than the greatest.",
                )
        return self

    def bounds(self) -> tuple[tuple[str, Decimal], ...]:
        """The bounds that are set, as (name, value)."""
        named = (("min", self.min), ("max", self.max), ("over", self.over), ("under", self.under))
        return tuple((name, value) for name, value in named if value is not None)


class ClockWindow(Part):
    """A window on the wall clock, both ends belong to it."""

    from_: Clock = Field("00:00", alias="from", description="Earliest clock time.")
    to: Clock = Field("24:00", description="Latest clock time.")


class Season(Part):
    """A stretch of the calendar, first and last day included; it may run over the turn of the year."""

    from_: MonthDay = Field(alias="from", description="First day, month-day.")
    to: MonthDay = Field(description="Last day, month-day.")
    days: Literal["any", "all", "first"] = Field(
        "any", description="Which days of the booking must lie in it: any of them, all, or the first."
    )


Seasons = Annotated[
    tuple[Season, ...], BeforeValidator(listed, json_schema_input_type=Season | tuple[Season, ...])
]


class DateRange(Part):
    """A stretch of certain days of certain years, first and last day included."""

    from_: Day = Field(alias="from", description="First day, year-month-day.")
    to: Day = Field(description="Last day, year-month-day.")

    @model_validator(mode="after")
    def _in_order(self) -> "DateRange":
        if self.to < self.from_:
            raise expected("to darf nicht vor from liegen.", "to must not lie before from.")
        return self


DateRanges = Annotated[
    tuple[DateRange, ...], BeforeValidator(listed, json_schema_input_type=DateRange | tuple[DateRange, ...])
]


class Period(Part):
    """A length of time before the start, counted in exactly one unit."""

    hours: int | None = Field(None, ge=0, le=100_000, description="Elapsed hours.")
    days: int | None = Field(None, ge=0, le=10_000, description="Calendar days.")
    working_days: int | None = Field(
        None,
        ge=0,
        le=10_000,
        description="Days that are neither Saturday, Sunday nor public holiday of the state.",
    )
    weeks: int | None = Field(None, ge=0, le=1_000, description="Weeks of seven calendar days.")
    months: int | None = Field(
        None, ge=0, le=240, description="Calendar months, to the same day of the month."
    )

    @model_validator(mode="after")
    def _one_unit(self) -> "Period":
        if len(self.model_fields_set) != 1:
            raise _exactly_one_of("hours, days, working_days, weeks, months")
        return self


class Notice(Part):
    """How long before the start something happens."""

    at_least: Period | None = Field(None, description="This long before, or longer.")
    more_than: Period | None = Field(None, description="Longer before than this.")
    at_most: Period | None = Field(None, description="This long before, or shorter.")
    less_than: Period | None = Field(None, description="Shorter before than this.")

    @model_validator(mode="after")
    def _says_something(self) -> "Notice":
        if not self.model_fields_set:
            raise _one_of("at_least, more_than, at_most, less_than")
        return self


def _one_of(names: str) -> PydanticCustomError:
    return expected(
        f"Hier wird mindestens eines erwartet: {names}.", f"At least one is expected here: {names}."
    )


def _exactly_one_of(names: str) -> PydanticCustomError:
    return expected(f"Hier wird genau eines erwartet: {names}.", f"Exactly one is expected here: {names}.")


def exactly_one(part: Part, names: tuple[str, ...]) -> None:
    """Raise unless exactly one of the fields ``names`` is set."""
    given = [name for name in names if getattr(part, name) is not None]
    if len(given) != 1:
        raise _exactly_one_of(", ".join(names))


def without_defaults(part: Part) -> dict[str, Any]:
    """The part as plain JSON values, leaving out what was not said."""
    return part.model_dump(mode="json", by_alias=True, exclude_unset=True)
