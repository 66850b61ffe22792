"""From times to rows: what each was held against, and whether the goal was met.

Not here: measuring. Goals and the figures of other products stand in the table of the benchmarks; those were measured
once, on the same ground (2.19 million bookings), and are constants here.
"""

from collections.abc import Mapping

from infra.benchmarks.contest import Fight, Results, Times
from infra.benchmarks.rows import Row

MOST_TIMES_FLOOR = 3.0
MOST_STATEMENTS = {"search": 4, "month": 5, "day": 5, "slot": 12}
NAMES = {
    "search": "1 · availability search, 1,000 resources, correct ids",
    "month": "2 · free slots of one resource for a month",
    "day": "2 · day view of 100 resources",
    "slot": "3 · booking",
}
# indico 3.2.9 on 2.19 million bookings: search 583 ms, booking at 8 clients 18.5/s; best peer: MRBS 1.12, 29/s.
INDICO_SEARCH_MS, BEST_PEER_BOOKINGS_PER_SECOND = 583.0, 29.0
LEAST_TIMES_INDICO, LEAST_TIMES_PEER = 40.0, 5.0
SLOTS, FIGHTS = 30, 10


def contest_rows(results: Results, statements: Mapping[str, int]) -> list[Row]:
    """Rows 1 to 3: ours against the floor, whichever is worse of one client's time and eight clients' rate."""
    return [_contest_row(kind, times, statements[kind]) for kind, times in results.items()]


def _contest_row(kind: str, times: Mapping[str, Times], statements: int) -> Row:
    ours, floor = times["ours"], times["floor"]
    ratio = round(max(ours.middle_ms / floor.middle_ms, floor.rate / ours.rate), 2)
    figures: dict[str, float] = {}
    for name, one in times.items():
        figures[f"{name}_p50_ms"] = one.middle_ms
        figures[f"{name}_per_second_8_clients"] = one.rate
    figures["ratio_p50"] = round(ours.middle_ms / floor.middle_ms, 2)
    figures["ratio_rate"] = round(floor.rate / ours.rate, 2)
    figures["statements"] = statements
    goal = f"≤ {MOST_TIMES_FLOOR:.0f} × floor, ≤ {MOST_STATEMENTS[kind]} statements"
    met = ratio <= MOST_TIMES_FLOOR and statements <= MOST_STATEMENTS[kind]
    if kind == "search":
        figures["times_indico"] = round(INDICO_SEARCH_MS / ours.middle_ms, 1)
        goal += f", ≥ {LEAST_TIMES_INDICO:.0f} × indico (583 ms, measured elsewhere once)"
        met = met and figures["times_indico"] >= LEAST_TIMES_INDICO
    if kind == "slot":
        figures["times_best_peer"] = round(ours.rate / BEST_PEER_BOOKINGS_PER_SECOND, 1)
        goal += f", ≥ {LEAST_TIMES_PEER:.0f} × the best peer (29/s, measured elsewhere once)"
        met = met and figures["times_best_peer"] >= LEAST_TIMES_PEER
    return Row(NAMES[kind], figures, ratio, goal, met=met)


def fight_row(fights: list[tuple[Fight, int]], *, slots: int = SLOTS) -> Row:
    """Row 4, from each fight and what it left stored."""
    stored = [count for _fight, count in fights]
    faults = sum(fight.faults for fight, _count in fights)
    won = sum(fight.won for fight, _count in fights)
    figures = {
        "rounds": len(fights),
        "fewest_stored": min(stored),
        "most_stored": max(stored),
        "acknowledged": won,
        "errors": faults,
    }
    right = set(stored) == {slots} and won == slots * len(fights) and not faults
    goal = f"exactly {slots} stored each time, 0 errors"
    return Row("4 · contested slots, 8 clients", dict(figures), None, goal, met=right)
