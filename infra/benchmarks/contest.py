"""The clock: the same work put to every system in turn, round after round, so that drift hits all alike.

Not here: the systems (``systems``), what their times mean (``verdicts``).
"""

import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from infra.benchmarks.questions import Question, Questions, Slot
from infra.benchmarks.systems import Connect, ask

KINDS = ("search", "month", "day", "slot")
CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    rounds: int = 5
    requests: int = 60
    seconds: float = 2.0
    warm_up: int = 10


@dataclass(slots=True)
class Times:
    """What one system needed for one kind of work, one entry per round."""

    p50_ms: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)

    @property
    def middle_ms(self) -> float:
        """Median over the rounds of the median of one client, in milliseconds."""
        return round(statistics.median(self.p50_ms), 2)

    @property
    def rate(self) -> float:
        """Median over the rounds of what eight clients got done in a second."""
        return round(statistics.median(self.per_second), 1)


Results = dict[str, dict[str, Times]]  # kind → system → times


def contest(systems: Mapping[str, Connect], questions: Questions, effort: Effort) -> Results:
    """Measure every kind of work on every system, interleaved; each round another system begins."""
    results: Results = {kind: {name: Times() for name in systems} for kind in KINDS}
    names = list(systems)
    for connect in systems.values():
        for kind in KINDS:
            _median_ms(connect, questions.of(kind), effort.warm_up)
    for number in range(effort.rounds):
        turn = number % len(names)
        for kind in KINDS:
            for name in (*names[turn:], *names[:turn]):
                times, connect = results[kind][name], systems[name]
                times.p50_ms.append(_median_ms(connect, questions.of(kind), effort.requests))
                times.per_second.append(_rate(connect, questions, kind, effort.seconds))
        print(f"  round {number + 1} of {effort.rounds} done", flush=True)
    return results


def _median_ms(connect: Connect, questions: Iterator[Question], count: int) -> float:
    client = connect()
    try:
        taken = []
        for _number, question in zip(range(count), questions, strict=False):
            started = time.perf_counter()
            ask(client, question)
            taken.append((time.perf_counter() - started) * 1000)
        return statistics.median(taken)
    finally:
        client.close()


def _rate(connect: Connect, questions: Questions, kind: str, seconds: float) -> float:
    """What eight clients get done in a second, each over a connection of its own."""
    done, faults = [0] * CLIENTS, []
    begin = threading.Barrier(CLIENTS + 1)

    def work(number: int) -> None:
        client = connect()
        try:
            own = questions.of(kind)
            begin.wait()
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                ask(client, next(own))
                done[number] += 1
        except Exception as fault:
            faults.append(fault)
        finally:
            client.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(done) / (time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class Fight:
    """How a fight for slots ended: acknowledged bookings and faults of all clients."""

    won: int
    faults: int


def fight(connect: Connect, slots: list[Slot]) -> Fight:
    """Let eight clients book the same slots at once, each in an order of its own."""
    won, faults = [0] * CLIENTS, [0] * CLIENTS
    begin = threading.Barrier(CLIENTS)

    def work(number: int) -> None:
        client = connect()
        begin.wait()
        shift = number * len(slots) // CLIENTS // 4
        for slot in (*slots[shift:], *slots[:shift]):
            try:
                won[number] += client.slot(slot)
            except Exception:
                faults[number] += 1
        client.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Fight(sum(won), sum(faults))
