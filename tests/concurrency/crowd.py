"""Run many people at once, each on a database connection of their own, and tell what happened to each.

Not here: the races (``test_*``).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection

from booking_core.kernel.errors import BookingError
from tenants.context import in_tenant
from tenants.models import Tenant

Job = Callable[[], object]


def run_together(tenant: Tenant, jobs: Sequence[Job]) -> list[object]:
    """Start all jobs at the same moment; returns what each returned, or the error it raised, in order."""
    outcomes: list[object] = [None] * len(jobs)
    start = Barrier(len(jobs))

    def person(number: int, job: Job) -> None:
        try:
            with in_tenant(tenant):
                connection.ensure_connection()
                start.wait(timeout=60)
                outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [Thread(target=person, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def tally(outcomes: Sequence[object]) -> Counter[str]:
    """How often each thing happened: ``won``, the code of a refusal, or the name of an unexpected error."""
    return Counter(_word(outcome) for outcome in outcomes)


def _word(outcome: object) -> str:
    if isinstance(outcome, BookingError):
        return outcome.code
    return repr(outcome) if isinstance(outcome, Exception) else "won"


def overlaps() -> int:
    """Pairs of rows that hold the same piece of the same unit at the same moment. Must be 0, always."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM reservations_occupancy a JOIN reservations_occupancy b"
            " ON a.id < b.id AND a.unit_id = b.unit_id AND a.pieces && b.pieces AND a.span && b.span"
        )
        row: tuple[int] = cursor.fetchone()
    return row[0]


def deadlocks() -> int:
    """How many deadlocks this database has ever seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        row: tuple[int] = cursor.fetchone()
    return row[0]
