"""``make bench-tenants``: the same page of one town alone and among a thousand, and what that costs a web worker.

Not here: much data in one town (``bench``). Two databases on one server, measured in turn; the towns stay for the next
run, and a run that was stopped goes on where it was. Into ``var/bench-tenants.json``.
"""

import argparse
import http.client
import itertools
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import psycopg
from psycopg import sql

from infra.bench import write
from infra.benchmarks.crowd import host_of
from infra.benchmarks.ground import Ground, migrate, own_ground
from infra.benchmarks.rows import Row
from infra.benchmarks.servers import Server, served
from infra.demo_process import VAR
from infra.embedded.postgres import prepare_database

MOST_SLOWER, MOST_MEMORY = 1.1, 1.3
_PATH = "/api/v1/offers/?start=2028-03-06T14:00:00%2B01:00&end=2028-03-06T16:00:00%2B01:00&persons=8"
_OK = 200


def main(arguments: list[str]) -> int:
    """Make the towns, measure, print and store; return 0 when every answer was right, whatever the times."""
    parser = argparse.ArgumentParser(prog="make bench-tenants", description=__doc__)
    parser.add_argument("--towns", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=60, help="of each server and round")
    wanted = parser.parse_args(arguments)
    with own_ground("tenants") as many:
        alone = _alone(many)
        for ground, count in ((alone, 1), (many, wanted.towns)):
            print(f"  {count} towns; the first time takes some minutes …", flush=True)
            ground.run("infra.benchmarks.crowd", str(count))
        rows = measured(alone, many, towns=wanted.towns, rounds=wanted.rounds, requests=wanted.requests)
    write(rows, VAR / "bench-tenants.json")
    return 0


def measured(alone: Ground, many: Ground, *, towns: int, rounds: int, requests: int) -> list[Row]:
    """Rows 8 and 10. Raises AssertionError where a town does not answer."""
    with (
        served("config.wsgi:application", alone.environment, alone.state / "alone.log") as one,
        served("config.wsgi:application", many.environment, many.state / "many.log") as all_of_them,
    ):
        for server in (one, all_of_them):
            _median_ms(server, itertools.repeat(host_of(0)), requests)
        began = all_of_them.worker_megabytes()
        hosts = [host_of(number) for number in range(towns)]
        _visit(all_of_them, hosts)
        ended = all_of_them.worker_megabytes()
        turns = itertools.cycle(hosts)
        times: dict[str, list[float]] = {"one_town": [], "same_town_among_many": [], "each_in_turn": []}
        for _round in range(rounds):
            times["one_town"].append(_median_ms(one, itertools.repeat(host_of(0)), requests))
            times["same_town_among_many"].append(
                _median_ms(all_of_them, itertools.repeat(host_of(0)), requests)
            )
            times["each_in_turn"].append(_median_ms(all_of_them, turns, requests))
    return [_latency_row(times, towns), _memory_row(began, ended, towns)]


def _latency_row(times: dict[str, list[float]], towns: int) -> Row:
    p50 = {name: round(statistics.median(found), 2) for name, found in times.items()}
    ratio = round(p50["same_town_among_many"] / p50["one_town"], 2)
    figures = {f"{name}_p50_ms": found for name, found in p50.items()}
    figures["each_in_turn_ratio"] = round(p50["each_in_turn"] / p50["one_town"], 2)
    goal = f"≤ {MOST_SLOWER} ×"
    return Row(
        f"8 · latency with {towns:,} tenants against 1", figures, ratio, goal, met=ratio <= MOST_SLOWER
    )


def _memory_row(began: Sequence[float], ended: Sequence[float], towns: int) -> Row:
    figures = {"start_mb": max(began), "after_mb": max(ended), "workers": len(ended)}
    ratio = round(max(ended) / max(began), 2)
    goal = f"≤ {MOST_MEMORY} × the start"
    name = f"10 · memory of a web worker after visiting {towns:,} tenants"
    return Row(name, dict(figures), ratio, goal, met=ratio <= MOST_MEMORY)


def _visit(server: Server, hosts: Sequence[str]) -> None:
    """Let each worker see every town: two passes over connections of their own reach both."""
    for _pass in range(4):
        _median_ms(server, iter(hosts), len(hosts))


def _median_ms(server: Server, hosts: Iterator[str], count: int) -> float:
    taken = []
    for host in itertools.islice(hosts, count):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        started = time.perf_counter()
        connection.request("GET", _PATH, headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - started) * 1000)
        connection.close()
        if answer.status != _OK:
            raise AssertionError(f"{host} answered {answer.status}")
    return statistics.median(taken)


def _alone(many: Ground) -> Ground:
    """A second database beside the crowd, for the one town alone."""
    server, _, name = many.database_url.rpartition("/")
    ground = replace(
        many,
        state=many.state / "alone",
        database_url=f"{server}/{name}_alone",
        redis_url=many.redis_url[:-1] + "1",
    )
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [f"{name}_alone"]
        ).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{name}_alone")))
    prepare_database(ground.database_url)
    migrate(ground)
    return ground


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
