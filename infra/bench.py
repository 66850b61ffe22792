"""``make bench``: ours against plain SQL and the least Django can do, on a year of bookings, into ``var/bench.json``.

Not here: many towns (``bench_tenants``), starting and pages of the demo (``bench_pages``). Times drift with the
machine, ratios do not: everything is measured in one interleaved run. Nothing here decides whether a change may go in;
what must hold on every machine is a test.
"""

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from infra.benchmarks.agreement import check_answers, clean, stored
from infra.benchmarks.birth import birth_row
from infra.benchmarks.contest import Effort, Fight, contest, fight
from infra.benchmarks.ground import FULL, SMALL, Facts, Ground, own_ground
from infra.benchmarks.questions import Questions
from infra.benchmarks.quotes import quotes_row
from infra.benchmarks.rows import Row, table
from infra.benchmarks.servers import served
from infra.benchmarks.systems import Connect, FloorClient, OurClient, RawClient
from infra.benchmarks.verdicts import FIGHTS, SLOTS, contest_rows, fight_row
from infra.demo_process import VAR

QUICK = Effort(rounds=1, requests=2, seconds=0.1, warm_up=1)
_COMPARED = 10


def main(arguments: list[str]) -> int:
    """Measure, print and store; return 0 when every answer was right, whatever the times."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tiny ground, to try the way")
    parser.add_argument("--rounds", type=int, default=Effort().rounds)
    wanted = parser.parse_args(arguments)
    size = SMALL if wanted.small else FULL
    with own_ground(size.name) as ground:
        print(
            f"  {size.resources} resources, {size.days} days; the first time takes some minutes …", flush=True
        )
        facts = ground.filled(size)
        effort = QUICK if wanted.small else Effort(rounds=wanted.rounds)
        rows = measured(ground, facts, effort, fights=2 if wanted.small else FIGHTS)
        rows += [quotes_row(), birth_row(ground)]
    write(rows, VAR / "bench.json")
    return 0


def measured(ground: Ground, facts: Facts, effort: Effort, *, fights: int) -> list[Row]:
    """Rows 1 to 4. Raises Disagreement where the systems answer differently."""
    clean(ground.database_url, facts)
    statements = json.loads(ground.run("infra.benchmarks.statements", given=facts.write()))
    clean(ground.database_url, facts)
    with _systems(ground, facts) as systems:
        questions = Questions(facts)
        found = check_answers(systems, questions, times=_COMPARED)
        print(f"  {facts.bookings} bookings; all systems found the same {found} resources", flush=True)
        rows = contest_rows(contest(systems, questions, effort), statements)
        rows.append(fight_row([_fought(ground, facts, systems["ours"], questions) for _ in range(fights)]))
    clean(ground.database_url, facts)
    return rows


def _fought(ground: Ground, facts: Facts, ours: Connect, questions: Questions) -> tuple[Fight, int]:
    clean(ground.database_url, facts)
    ended = fight(ours, questions.slots(SLOTS))
    return ended, stored(ground.database_url, facts)


@contextlib.contextmanager
def _systems(ground: Ground, facts: Facts) -> Iterator[dict[str, Connect]]:
    """Ours and the floor behind two gunicorn workers each, and plain SQL."""
    least = {**ground.environment, "FLOOR_SCHEMA": facts.schema}
    del least["DJANGO_SETTINGS_MODULE"]
    with (
        served("config.wsgi:application", ground.environment, ground.state / "ours.log") as ours,
        served("infra.benchmarks.floor:application", least, ground.state / "floor.log") as floor,
    ):
        yield {
            "raw": lambda: RawClient(ground.database_url, facts),
            "floor": lambda: FloorClient(floor.port, facts),
            "ours": lambda: OurClient.over(ours.port, facts),
        }


def write(rows: list[Row], path: Path) -> None:
    """Print the rows as a table and store them, the newest run in ``path`` and every run beside it."""
    print("\n" + table(rows))
    text = json.dumps([row.to_data() for row in rows], indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, "utf-8")
    kept = path.parent / "bench" / f"{path.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
