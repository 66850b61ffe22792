"""Run many people at once, or one while another is in the middle, each on a database connection of their own.

Not here: the races (``test_*``).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection, transaction

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


def meanwhile(tenant: Tenant, first: Job, second: Job) -> tuple[object, object]:
    """Let the second begin when the first has written everything, and commit the first once the second has to wait.

        first   [ reads, writes ..................... ] commit
        second                  [ reads ... waits         goes on ]

    The same each time, where a race of many meets the gap by chance. Returns what each returned, or its error. Where
    nothing makes the second wait it is through before the first commits.
    """
    outcomes: list[object] = []
    with transaction.atomic():
        written = first()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            ours: int = cursor.fetchone()[0]
            person = Thread(target=lambda: outcomes.extend(run_together(tenant, [second])))
            person.start()
            while person.is_alive() and not _waits_for(ours):
                person.join(0.01)
    person.join()
    return written, outcomes[0]


def _waits_for(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))", [backend]
        )
        return bool(cursor.fetchone()[0])


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
