"""The idea *measure* at work: how much of something a booking is.

Not here: what it costs (``pricing``).
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.condition import Condition
from booking_core.engines.ordinance.language.measures import During, Measure
from booking_core.engines.ordinance.language.vocabulary import clock_minutes
from booking_core.engines.ordinance.scene import Scene
from booking_core.engines.ordinance.windows import inside
from booking_core.kernel.spans import Span

# None: not known (nobody counted, nobody answered).
Meter = Callable[[Scene], Decimal | None]
Handovers = tuple[tuple[Condition, int, int], ...]
ONE = Decimal(1)
_MODES = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


class Unmeasurable(Exception):
    """A figure the rule needs is missing; ``field`` names the input."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def compile_measure(measure: Measure, handovers: Handovers = ()) -> Meter:
    """Turn a measure into a function of the scene. A series is summed date by date where the figure follows time."""
    source = _source(measure, handovers)
    plain = _rounded(measure, _over_whole(source) if measure.stretch == "whole" else source, handovers)
    if not measure.follows_time():
        return plain

    def by_date(scene: Scene) -> Decimal | None:
        if len(scene.dates) == 1:
            return plain(scene)
        total = Decimal(0)
        for date in scene.dates:
            figure = plain(scene.about(dates=(date,)))
            if figure is None:
                return None
            total += figure
        return total

    return by_date


def _over_whole(source: Meter) -> Meter:
    """Count from the first date's start to the last one's end, whatever lies between.

    dates     [--)      [--)      [--)
    whole     [----------------------)
    """

    def figure(scene: Scene) -> Decimal | None:
        spans = [date.span for date in scene.dates]
        whole = Span(min(spans).start, max(span.end for span in spans))
        return source(scene.about(dates=(LocalSpan.from_span(whole, scene.booking.request.zone),)))

    return figure


def round_figure(figure: Decimal, mode: str) -> Decimal:
    """Round to a whole number; ``exact`` leaves the figure alone."""
    return figure if mode == "exact" else figure.quantize(ONE, rounding=_MODES[mode])


def _rounded(measure: Measure, source: Meter, handovers: Handovers) -> Meter:
    above = compile_measure(measure.above, handovers) if measure.above is not None else None
    share = compile_measure(measure.divided_by, handovers) if measure.divided_by is not None else None
    step, tolerance, mode = measure.step, measure.tolerance, measure.round
    if above is None and share is None and step == 1 and mode == "exact":
        return source

    def figure(scene: Scene) -> Decimal | None:
        value = source(scene)
        if value is None:
            return None
        if above is not None:
            threshold = above(scene)
            if threshold is None:
                return None
            value = max(value - threshold, Decimal(0))
        if share is not None:
            among = share(scene)
            if not among or among < 0:
                return None
            value = value / among
        if mode == "up" and tolerance:
            value = max(value - tolerance, Decimal(0))
        return round_figure(value / step, mode)

    return figure


def _source(measure: Measure, handovers: Handovers) -> Meter:
    if measure.count is not None:
        return _counted(measure, handovers)
    if measure.parts():
        return _combined(measure, handovers)
    return _given(measure)


def _counted(measure: Measure, handovers: Handovers) -> Meter:
    if measure.count == "weekly_hours":
        return _weekly_hours(measure)
    if measure.count == "handover_periods":
        return _handover_periods(handovers)
    if measure.during is not None:
        return _during(measure, measure.during)
    if measure.count in ("minutes", "hours", "days_24h"):
        return _clocked(measure)
    if measure.day_change != "00:00":
        return _days_from(measure)
    return _COUNTS[str(measure.count)]


def _given(measure: Measure) -> Meter:
    """A fixed number, an answer, a reading or earlier use."""
    name = measure.fact or measure.measured or measure.history or ""
    if measure.measured is not None:
        return lambda scene: scene.booking.request.measured.get(name)
    if measure.history is not None:
        return lambda scene: scene.booking.request.history.get(name)
    if measure.fact is not None:
        return _answer(name)
    number = measure.number
    return lambda scene: number


def _answer(name: str) -> Meter:
    def figure(scene: Scene) -> Decimal | None:
        answer = scene.booking.facts.get(name)
        if answer is None or isinstance(answer, str | tuple):
            return None
        return Decimal(answer)

    return figure


def _combined(measure: Measure, handovers: Handovers) -> Meter:
    meters = tuple(compile_measure(inner, handovers) for inner in measure.parts())
    combine: Callable[[list[Decimal]], Decimal]
    if measure.product:
        combine = _product
    elif measure.sum:
        combine = _sum
    else:
        combine = max if measure.largest else min

    def figure(scene: Scene) -> Decimal | None:
        figures = []
        for meter in meters:
            value = meter(scene)
            if value is None:
                return None
            figures.append(value)
        return combine(figures)

    return figure


def _product(figures: list[Decimal]) -> Decimal:
    result = ONE
    for figure in figures:
        result *= figure
    return result


def _sum(figures: list[Decimal]) -> Decimal:
    return sum(figures, Decimal(0))


def _clocked(measure: Measure) -> Meter:
    """Minutes, hours or stretches of 24 hours, elapsed or by the wall clock."""
    size = {"minutes": 1, "hours": 60, "days_24h": 24 * 60}[str(measure.count)]
    is_wall = measure.clock == "wall"
    starts_whole = measure.count == "days_24h" and measure.round == "exact"

    def minutes(date: LocalSpan) -> Decimal:
        return date.wall_minutes if is_wall else date.elapsed_minutes

    def figure(scene: Scene) -> Decimal:
        total = sum((minutes(date) for date in scene.dates), Decimal(0)) / size
        return total.quantize(ONE, rounding=ROUND_CEILING) if starts_whole else total

    return figure


def _during(measure: Measure, during: During) -> Meter:
    """Minutes, hours or days of which something lies in the window."""
    is_wall, is_days = measure.clock == "wall", measure.count == "days"
    size = 60 if measure.count == "hours" else 1
    change = clock_minutes(measure.day_change)

    def figure(scene: Scene) -> Decimal:
        zone, state = scene.booking.request.zone, scene.booking.ordinance.state
        pieces = [piece for date in scene.dates for piece in inside(date, during, zone, state)]
        if is_days:
            return Decimal(len({piece.shifted(change).first_day for piece in pieces}))
        minutes = (piece.wall_minutes if is_wall else piece.elapsed_minutes for piece in pieces)
        return sum(minutes, Decimal(0)) / size

    return figure


def _days_from(measure: Measure) -> Meter:
    """Days and nights that begin at another clock time than midnight."""
    change = clock_minutes(measure.day_change)
    is_nights = measure.count == "nights"

    def figure(scene: Scene) -> Decimal:
        shifted = [date.shifted(change) for date in scene.dates]
        return Decimal(sum(calendar.nights(date) if is_nights else date.day_count for date in shifted))

    return figure


def _weekly_hours(measure: Measure) -> Meter:
    """Hours of the fullest calendar week: each slot rounded, or their sum."""
    mode = measure.round if measure.rounding_over == "date" else "exact"

    def figure(scene: Scene) -> Decimal:
        weeks: dict[tuple[int, int], Decimal] = {}
        for date in scene.dates:
            year, week, _ = date.first_day.isocalendar()
            hours = round_figure(date.elapsed_minutes / 60, mode)
            weeks[(year, week)] = weeks.get((year, week), Decimal(0)) + hours
        return max(weeks.values())

    return figure


def _handover_periods(handovers: Handovers) -> Meter:
    def figure(scene: Scene) -> Decimal | None:
        for condition, start, end in handovers:
            if condition.holds(scene):
                return Decimal(sum(calendar.handover_periods(date, start, end) for date in scene.dates))
        return None

    return figure


def compiled_handovers(rules: tuple[tuple[Condition, str, str], ...]) -> Handovers:
    """Handover clocks in minutes, the most specific condition first."""
    ordered = sorted(rules, key=lambda rule: -rule[0].specificity)
    return tuple((condition, clock_minutes(start), clock_minutes(end)) for condition, start, end in ordered)


def _persons(scene: Scene) -> Decimal | None:
    persons = scene.booking.request.persons
    return None if persons is None else Decimal(persons)


_COUNTS: dict[str, Meter] = {
    "booking": lambda scene: ONE,
    "dates": lambda scene: Decimal(len(scene.dates)),
    "days": lambda scene: Decimal(sum(date.day_count for date in scene.dates)),
    "nights": lambda scene: Decimal(sum(calendar.nights(date) for date in scene.dates)),
    "weeks": lambda scene: Decimal(sum(-(-date.day_count // 7) for date in scene.dates)),
    "months": lambda scene: Decimal(sum(calendar.months(date) for date in scene.dates)),
    "persons": _persons,
    "pieces": lambda scene: scene.pieces(),
    "quantity": lambda scene: scene.quantity,
    "resources": lambda scene: Decimal(len(scene.resources)),
    "area_m2": lambda scene: scene.area(),
}
