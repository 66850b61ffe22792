"""The one place that writes ``Occupancy``: who gets which unit when (DESIGN §3, RELIABILITY "Never twice").

Not here: which units a resource needs (``claims``), retries and the last defence's error (``transactions``).

Every transaction takes its locks in this order, so that two never wait for each other in a circle:
hold row → booking rows by id → location rows by id (``closures``) → resource rows by id (``claims``) → unit rows by
id (here).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from booking_core.catalog.models import Closure, Unit
from booking_core.engines.allocation import Area, allot, everything_left
from booking_core.engines.span_sets import merge, subtract
from booking_core.kernel.spans import Span
from booking_core.reservations.errors import Taken
from booking_core.reservations.models import Occupancy
from booking_core.reservations.ranges import to_pieces, to_range, to_span
from booking_core.reservations.services.inserting import insert_together
from booking_core.reservations.services.read_only import refuse_when_read_only
from booking_core.reservations.services.transactions import taken_sentence

LOCK_TIMEOUT_MS = 3_000
STATEMENT_TIMEOUT_MS = 10_000
_MOST_CONDITIONS = (
    200  # of one unit in one statement; beyond, everything between the first and the last is read
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One unit for one span, buffers included. ``pieces`` None takes the unit whole.

    ``item_id`` and ``booking_id`` are set where a booking takes it: claims of one booking may share a unit.
    """

    unit_id: int
    span: Span
    pieces: int | None = None
    item_id: int | None = None
    booking_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why time is taken: a hold, a closure or, with neither, the booking items the claims name."""

    hold_id: int | None = None
    closure_id: int | None = None


BOOKED = Reason()


def occupy(
    claims: Sequence[Claim],
    *,
    reason: Reason = BOOKED,
    freeing: QuerySet[Occupancy] | None = None,
    locked: dict[int, int] | None = None,
    together_with: Callable[[], Sequence[Sequence[Model]]] | None = None,
) -> None:
    """Take all claims or raise Taken; give up ``freeing`` in the same breath. Call inside ``with_retries``.

    Raises TownReadOnly where something is claimed in a town that takes nothing new.

    Steps, one statement each: set time limits, lock the units in id order, drop what is given up, read what is taken
    and by the same clock which holds are stale, drop those, insert. Reading before inserting is safe only because of
    the unit locks; the exclusion constraint stays as the last defence.

    ``locked`` is the stock of the claims' units where they are locked already. ``together_with`` makes new
    rows, table by table, once the time is known to be free; they are inserted by the same statement: the booking whose
    time this is. Whoever makes one has set the time limits already (``hold_still_and_draw``).
    """
    if claims:
        refuse_when_read_only()
    freed = list(freeing.values_list("pk", "unit_id", "span")) if freeing is not None else []
    wanted = {claim.unit_id for claim in claims} | {unit_id for _, unit_id, _ in freed}
    units = lock_units(wanted, has_limits=together_with is not None) if locked is None else locked
    _give_up([pk for pk, _, _ in freed])
    time = _rows_for(claims, units, reason)
    insert_together(*(together_with() if together_with else ()), time)
    close_again([(unit_id, to_span(span)) for _, unit_id, span in freed], units)


def vacate(occupancies: QuerySet[Occupancy]) -> None:
    """Give time back. Closures that lie over it take it at once."""
    occupy([], freeing=occupancies)


def lock_units(unit_ids: Collection[int], *, has_limits: bool = False) -> dict[int, int]:
    """Lock these units until the transaction ends, in id order; returns their stock (unit id → pieces).

    ``FOR NO KEY UPDATE`` keeps other bookings of the units out, but lets foreign keys to them be checked.
    """
    if not has_limits:
        _limit_waiting()
    locked = Unit.objects.select_for_update(no_key=True).filter(pk__in=unit_ids).order_by("id")
    return {unit.pk: unit.pieces for unit in locked}


def _limit_waiting() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)",
            time_limits(),
        )


def time_limits() -> list[str]:
    """How long a transaction that takes time waits for one lock, and for one statement."""
    return [f"{LOCK_TIMEOUT_MS}ms", f"{STATEMENT_TIMEOUT_MS}ms"]


def database_time() -> datetime:
    """The database's clock: the one clock all web servers share. Read once, after the locks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]


def _rows_for(claims: Sequence[Claim], units: dict[int, int], reason: Reason) -> list[Occupancy]:
    placed, misfits = fit(claims, units, taken=_taken_without_stale_holds(claims))
    if misfits:
        raise Taken(taken_sentence(), context={"unit_ids": [misfits[0].unit_id]})
    return [_row(claim.unit_id, area, reason, item_id=claim.item_id) for claim, area in placed]


def fit(
    claims: Sequence[Claim], units: dict[int, int], *, taken: dict[int, list[Area]]
) -> tuple[list[tuple[Claim, Area]], list[Claim]]:
    """Lay the claims beside what is taken, in their order; returns what got a place, and the claims that got none.

    ``taken`` grows by what is placed. ``units`` is the stock of each unit.
    """
    whole: dict[tuple[int, int | None], list[Span]] = defaultdict(list)
    placed: list[tuple[Claim, Area]] = []
    misfits: list[Claim] = []
    for claim in claims:
        # Two rooms of one booking may share a foyer: what the same booking takes whole is not taken twice.
        mine = whole[claim.unit_id, claim.booking_id]
        spans = subtract([claim.span], mine) if claim.pieces is None else (claim.span,)
        stock = units[claim.unit_id]
        wanted = stock if claim.pieces is None else claim.pieces
        for span in spans:
            areas = allot(span, wanted=wanted, stock=stock, taken=taken[claim.unit_id])
            if not areas:
                misfits.append(claim)
                break
            taken[claim.unit_id] += areas
            placed += [(claim, area) for area in areas]
        if claim.pieces is None:
            mine.append(claim.span)
    return placed, misfits


def _row(unit_id: int, area: Area, reason: Reason, *, item_id: int | None = None) -> Occupancy:
    return Occupancy(
        unit_id=unit_id,
        pieces=to_pieces(area.first, area.end),
        span=to_range(area.span),
        item_id=item_id,
        hold_id=reason.hold_id,
        closure_id=reason.closure_id,
    )


def taken_areas(claims: Iterable[Claim], *, apart_from: Collection[int] = ()) -> dict[int, list[Area]]:
    """What touches the claims, by unit, without the rows ``apart_from``. Call under the units' locks. One statement."""
    taken: dict[int, list[Area]] = defaultdict(list)
    for one in _touching(claims):
        if one.pk not in apart_from:
            taken[one.unit_id].append(one.area)
    return taken


def _taken_without_stale_holds(claims: Sequence[Claim]) -> dict[int, list[Area]]:
    """The same, after dropping the holds among it that ran out. A second statement only where there are some."""
    taken: dict[int, list[Area]] = defaultdict(list)
    stale: list[int] = []
    for one in _touching(claims):
        if one.is_stale:
            stale.append(one.pk)
        else:
            taken[one.unit_id].append(one.area)
    _give_up(stale)
    return taken


def _give_up(keys: Sequence[int]) -> None:
    """Delete rows of time, in one statement: nothing refers to them, so nothing has to be looked for first."""
    if keys:
        rows = Occupancy.objects.filter(pk__in=keys)
        rows._raw_delete(rows.db)


@dataclass(frozen=True, slots=True)
class _Touching:
    """A row of time beside a claim. ``is_stale``: of a hold that has run out by the database's clock."""

    pk: int
    unit_id: int
    area: Area
    is_stale: bool


def _touching(claims: Iterable[Claim]) -> list[_Touching]:
    sql, values = touching_statement(claims)
    if not values:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            _Touching(pk, unit_id, Area(to_span(span), pieces.lower, pieces.upper), bool(is_stale))
            for pk, unit_id, pieces, span, is_stale in cursor.fetchall()
        ]


def touching_statement(claims: Iterable[Claim]) -> tuple[str, list[Any]]:
    """What is taken where the claims are, and by one clock for all rows which holds ran out: SQL and its values.

    Written out, because building it costs more than asking it. The driver writes small numbers as int4, which the GiST
    index of a bigint cannot look for: without the casts it would walk through what every unit of the town has then.
    """
    spans_of: dict[int, list[Span]] = defaultdict(list)
    for claim in claims:
        spans_of[claim.unit_id].append(claim.span)
    wanted: list[str] = []
    values: list[Any] = []
    for unit_id, spans in spans_of.items():
        merged = merge(spans)
        if len(merged) > _MOST_CONDITIONS:
            merged = (Span(merged[0].start, merged[-1].end),)
        for span in merged:
            wanted.append("(taken.unit_id = %s::bigint AND taken.span && %s::tstzrange)")
            values += [unit_id, to_range(span)]
    sql = (
        "SELECT taken.id, taken.unit_id, taken.pieces, taken.span, hold.expires_at <= clock.now"
        " FROM reservations_occupancy taken LEFT JOIN reservations_hold hold ON hold.id = taken.hold_id"
        " CROSS JOIN (SELECT clock_timestamp() AS now OFFSET 0) clock WHERE "
    )
    return sql + " OR ".join(wanted), values


def occupy_the_rest(closure: Closure, unit_ids: Iterable[int]) -> None:
    """Let a closure take whatever is left of its units in its span. Call under the units' locks."""
    span, reason = to_span(closure.span), Reason(closure_id=closure.pk)
    claims = [Claim(unit_id, span) for unit_id in sorted(unit_ids)]
    taken = taken_areas(claims)
    stock = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "pieces"))
    Occupancy.objects.bulk_create(
        _row(claim.unit_id, area, reason)
        for claim in claims
        for area in everything_left(span, stock=stock[claim.unit_id], taken=taken[claim.unit_id])
    )


def close_again(freed: Sequence[tuple[int, Span]], units: Collection[int]) -> None:
    """A closure that was agreed over bookings takes their time when they go."""
    if not freed:
        return
    touched = Q(pk__in=[])
    for _, span in freed:
        touched |= Q(span__overlap=to_range(span))
    freed_units = {unit_id for unit_id, _ in freed}
    closures = Closure.objects.filter(touched).order_by("pk")
    for closure in closures:
        closed = units_of_closure(closure).filter(pk__in=freed_units).values_list("pk", flat=True)
        occupy_the_rest(closure, [unit_id for unit_id in closed if unit_id in units])


def units_of_closure(closure: Closure) -> QuerySet[Unit]:
    """The units a closure takes: those of its resource, or all of its location."""
    if closure.resource_id is not None:
        return Unit.objects.filter(claims__resource_id=closure.resource_id)
    return Unit.objects.filter(location_id=closure.location_id)
