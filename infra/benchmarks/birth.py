"""How long the birth of a town takes, all tables, against migrating one from nothing. Run as a program on the ground.

Not here: the steps around it, such as the domain and the first account (``tenants.provisioning.births``).
"""

import json
import statistics
import sys
import time

import django

from infra.benchmarks.ground import Ground
from infra.benchmarks.rows import Row

MOST_SECONDS, LEAST_RATIO = 0.5, 15.0
_SCHEMA = "t_benchbirth"


def birth_row(ground: Ground, *, rounds: int = 5) -> Row:
    """Row 7: medians of interleaved births and migrations."""
    taken: dict[str, list[float]] = json.loads(ground.run("infra.benchmarks.birth", str(rounds)))
    born, migrated = (statistics.median(taken[name]) for name in ("born", "migrated"))
    tables = int(taken["tables"][0])
    figures = {"seconds": round(born, 3), "migrating_seconds": round(migrated, 2), "tables": tables}
    ratio = round(migrated / born, 1)
    goal = f"≤ {MOST_SECONDS} s and ≥ {LEAST_RATIO:.0f} × migrating"
    met = born <= MOST_SECONDS and ratio >= LEAST_RATIO
    return Row("7 · birth of a tenant, all tables", dict(figures), ratio, goal, met=met)


def main(rounds: int) -> None:
    """Make and drop schemas in turn and print what each took."""
    from django.db import connection

    from tenants.provisioning import schema

    taken: dict[str, list[float]] = {"born": [], "migrated": [], "tables": []}
    schema.create_schema(f"{_SCHEMA}warm")  # a worker reads the script once
    schema.drop_schema(f"{_SCHEMA}warm")
    for number in range(rounds):
        # Migrating is tenfold work, so it is done in every second round.
        ways = {"born": schema.create_schema, **({"migrated": schema._migrate} if number % 2 == 0 else {})}
        for name, make in ways.items():
            started = time.perf_counter()
            make(_SCHEMA)
            taken[name].append(time.perf_counter() - started)
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [_SCHEMA])
                taken["tables"].append(cursor.fetchone()[0])
            schema.drop_schema(_SCHEMA)
    if len(set(taken["tables"])) != 1:
        raise RuntimeError(f"the copied schema has other tables than the migrated one: {taken['tables']}")
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
