"""How many prices per second one core works out with a real ordinance, in the pure engine.

Not here: prices over HTTP, database or cache.
"""

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import Document, QuoteRequest, load_document, quote
from booking_core.engines.ordinance.requests import request_of
from infra.benchmarks.rows import Row

GOAL_PER_SECOND = 5_000
ROUNDS = 7
QUOTES_PER_ROUND = 2_000
_DOCUMENT = Path(__file__).parents[2] / "booking_core/ordinances/library/nussbaum-halle.yaml"


def quotes_row(*, rounds: int = ROUNDS, quotes_per_round: int = QUOTES_PER_ROUND) -> Row:
    """Measure the median of ``rounds`` rounds, in quotes per second of processor time of this process.

    The requests are those of the document's own examples, each reading once, one after the other. What has been loaded
    stays loaded, as in a web worker; the first, unmeasured round is the worker's warm-up.
    """
    document = load_document(_DOCUMENT.read_text("utf-8"), source=_DOCUMENT.name)
    requests = _requests(document)
    _per_second(document, requests, len(requests))
    measured = [_per_second(document, requests, quotes_per_round) for _ in range(rounds)]
    median = statistics.median(measured)
    return Row(
        name="quotes per second and core, Nußbaum document",
        figures={
            "quotes_per_second": round(median),
            "slowest_round": round(min(measured)),
            "fastest_round": round(max(measured)),
            "microseconds_per_quote": round(1_000_000 / median, 1),
        },
        ratio=None,
        goal=f"≥ {GOAL_PER_SECOND} quotes/s per core in the pure engine",
        met=median >= GOAL_PER_SECOND,
    )


def _requests(document: Document) -> list[QuoteRequest]:
    zone = ZoneInfo(document.content.zone)
    return [
        request_of(example, zone, readings)
        for example in document.content.examples
        for readings in ([expected.reading for expected in example.readings] or [{}])
    ]


def _per_second(document: Document, requests: Sequence[QuoteRequest], count: int) -> float:
    started = time.process_time()
    done = 0
    while done < count:
        for request in requests:
            quote(document, request)
        done += len(requests)
    return done / (time.process_time() - started)


if __name__ == "__main__":
    sys.stdout.write(f"{quotes_row()}\n")
