"""Try a version out on the bookings of a period: what each would cost, who gains, who loses, what would be refused.

Not here: the steps of a run and their contract (``ordinances.simulations``), one booking (``trial_bookings``).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.engines.simulation import compare
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.queries import fact_ids_of_versions, resource_ids_of_ordinance, stored_version
from booking_core.ordinances.simulations import services as runs
from booking_core.ordinances.simulations.contracts import Question, Renamed, SimulationView
from booking_core.reservations.queries.priced import (
    PricedBooking,
    UsePeriod,
    count_priced,
    count_priced_elsewhere,
    days_as_window,
    priced_batch,
    requests_in,
)
from booking_core.workflows.requoting import requests_of_bookings
from booking_core.workflows.trial_bookings import Tried, known_codes, try_booking, unknown_codes

BATCH = 200
MOST_BOOKINGS = 20_000
_LONGEST_DAYS = 366 * 10
log = structlog.get_logger(__name__)


class NothingToSimulate(BookingError):
    """No booking of the period was priced by this ordinance."""

    code = "nothing-to-simulate"


def codes_to_map(version_id: int, first_on: date, last_on: date) -> dict[str, dict[str, int]]:
    """What the period's bookings name and the version does not know: kind → code → in how many requests.

    Raises NotFound, InvalidInput. Bookings from before requests were kept are not looked at.
    """
    version = stored_version(version_id)
    return unknown_codes(version.document, requests_in(_period(version, first_on, last_on)))


def start_simulation(
    version_id: int, *, first_on: date, last_on: date, mapping: Renamed, actor: Actor, now: datetime
) -> SimulationView:
    """Put a simulation down; a worker has to be called. ``mapping``: kind → old code → the version's code.

    Raises NotFound, InvalidInput, NothingToSimulate, AlreadySimulating.
    """
    version = stored_version(version_id)
    _refuse_unknown_targets(version, mapping)
    period = _period(version, first_on, last_on)
    total = count_priced(period)
    if not total:
        raise NothingToSimulate(
            _("In diesem Zeitraum gibt es keine Buchung, die nach dieser Ordnung bepreist wurde.")
        )
    if total > MOST_BOOKINGS:
        raise InvalidInput(
            _(
                "Das sind %(count)s Buchungen, mehr als %(most)s auf einmal. Wählen Sie einen kürzeren Zeitraum."
            )
            % {"count": total, "most": MOST_BOOKINGS},
            field="last_on",
        )
    elsewhere = count_priced_elsewhere(period, resource_ids_of_ordinance(version.ordinance_id))
    question = Question(first_on, last_on, mapping, total, elsewhere)
    return runs.start_run(version_id, question, actor=actor, now=now)


def run_simulation(version_id: int, *, batch: int = BATCH) -> bool:
    """Compute a version's simulation from where it stands. True if it is done now, False where nothing is to be done.

    Stopped or taken up by another worker, it ends after the batch it is in. In memory are one batch and the sums; a
    batch takes the same number of statements however many bookings lie in it.
    """
    claim = runs.claim_run(version_id, now=timezone.now())
    if claim is None:
        return False
    try:
        return _compute(claim, batch=batch)
    except Exception:
        log.exception("simulation_failed", version_id=version_id)
        runs.fail_run(claim, now=timezone.now())
        raise


def _compute(claim: runs.Claim, *, batch: int) -> bool:
    version, findings = stored_version(claim.version_id), claim.findings
    period = _period(version, claim.question.first_on, claim.question.last_on)
    for rows in _batches(period, findings.after_id, batch):
        tried = _try_all(version, rows, claim.question.mapping)
        shown = [one.shown for one in tried]
        findings = findings.with_batch(rows[-1].booking.id, compare(one.trial for one in tried), shown)
        if not runs.advance_run(claim, findings, shown, now=timezone.now()):
            return False
    return runs.finish_run(claim, now=timezone.now())


def _batches(period: UsePeriod, after_id: int, batch: int) -> Iterator[Sequence[PricedBooking]]:
    while rows := priced_batch(period, after_id=after_id, limit=batch):
        yield rows
        after_id = rows[-1].booking.id


def _try_all(version: StoredVersion, rows: Sequence[PricedBooking], mapping: Renamed) -> list[Tried]:
    bookings = [row.booking for row in rows]
    requests = requests_of_bookings(bookings)
    asked = fact_ids_of_versions({one.ordinance_version_id for one in bookings if one.ordinance_version_id})
    return [
        try_booking(
            version,
            row,
            requests.get(row.booking.id, ()),
            mapping=mapping,
            asked_then=asked.get(row.booking.ordinance_version_id or 0, frozenset()),
        )
        for row in rows
    ]


def _period(version: StoredVersion, first_on: date, last_on: date) -> UsePeriod:
    if last_on < first_on:
        raise InvalidInput(_("„Bis“ liegt vor „Von“."), field="last_on")
    if (last_on - first_on).days > _LONGEST_DAYS or not date(2000, 1, 1) <= first_on <= date(2200, 1, 1):
        raise InvalidInput(_("Wählen Sie einen Zeitraum von höchstens zehn Jahren."), field="last_on")
    return UsePeriod(version.ordinance_id, days_as_window(first_on, last_on))


def _refuse_unknown_targets(version: StoredVersion, mapping: Renamed) -> None:
    known = known_codes(version.document)
    for kind, codes in mapping.items():
        for target in codes.values():
            if target and target not in known.get(kind, frozenset()):
                raise InvalidInput(
                    _("Diese Auswahl gibt es nicht: %(value)s.") % {"value": target}, field=kind
                )
