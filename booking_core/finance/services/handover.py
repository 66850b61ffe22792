"""Hand a period over to the treasury as a file. Every file that is taken is noted.

Not here: the rows (``queries.handover``), the formats (``finance.exports``), choosing them (``handover_settings``).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from booking_core.finance.errors import NotSetUp
from booking_core.finance.exports.csv_profile import csv_file, rows_of
from booking_core.finance.exports.datev import MOST_POSTINGS, Batch, datev_file, fiscal_year_start
from booking_core.finance.exports.datev_postings import postings_of
from booking_core.finance.exports.rows import HandoverRow
from booking_core.finance.exports.settings import Encoding
from booking_core.finance.queries.handover import (
    HandoverSum,
    csv_profiles,
    datev_settings,
    handover_rows,
    sums_of,
)
from booking_core.finance.queries.periods import closed_until
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from booking_core.kernel.money import Money

DATEV = "datev"
LONGEST_DAYS = 731


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a file, both included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A file to take away. ``cents`` is the sum of its movements, ``sums`` what they come to by kind."""

    name: str
    content: bytes
    media_type: str
    count: int
    cents: int
    sums: tuple[HandoverSum, ...]


@dataclass(frozen=True, slots=True)
class HandoverPreview:
    """What a file will hold. ``problem``: the sentence why there is none yet; then the sums are of all movements."""

    sums: tuple[HandoverSum, ...]
    count: int
    total: Money
    problem: str = ""


def preview_handover(key: str, *, first_on: date, last_on: date, now: datetime) -> HandoverPreview:
    """Tell what the file of a period will hold. Raises InvalidInput for an odd period."""
    refuse_odd_period(first_on, last_on)
    rows = handover_rows(first_on, last_on)
    try:
        file = _made(key, rows, Period(first_on, last_on), now=now)
    except BookingError as error:
        return HandoverPreview(sums_of(rows), len(rows), Money(_sum(rows)), str(error))
    return HandoverPreview(file.sums, file.count, Money(file.cents))


@transaction.atomic
def hand_over(key: str, *, first_on: date, last_on: date, actor: Actor, now: datetime) -> HandoverFile:
    """Make the file of a period, both days included, and note who took it.

    ``key`` is a CSV profile's or "datev". The file is German, whoever takes it. Raises NotFound (no such profile),
    InvalidInput (odd period), NotSetUp (accounts missing).
    """
    refuse_odd_period(first_on, last_on)
    file = _made(key, handover_rows(first_on, last_on), Period(first_on, last_on), now=now)
    audit(
        "finance.handed_over",
        actor=actor,
        subject_type="handover",
        data={
            "file": file.name,
            "from": first_on.isoformat(),
            "to": last_on.isoformat(),
            "count": file.count,
            "cents": file.cents,
            "sha256": hashlib.sha256(file.content).hexdigest(),
        },
    )
    return file


def refuse_odd_period(first_on: date, last_on: date) -> None:
    """Raise InvalidInput for days the wrong way round, or more than two years."""
    if last_on < first_on:
        raise InvalidInput(_("„Bis“ liegt vor „Von“."), field="last_on")
    if (last_on - first_on).days > LONGEST_DAYS:
        raise InvalidInput(_("Höchstens zwei Jahre in einer Datei."), field="last_on")


def _made(key: str, rows: Sequence[HandoverRow], period: Period, *, now: datetime) -> HandoverFile:
    return _datev(rows, period, now=now) if key == DATEV else _csv(key, rows, period)


def _csv(key: str, rows: Sequence[HandoverRow], period: Period) -> HandoverFile:
    profile = next((one for one in csv_profiles() if one.key == key), None)
    if profile is None:
        raise NotFound(_("Dieses Profil gibt es nicht."))
    wanted = rows_of(profile, rows)
    charset = "utf-8" if profile.encoding is Encoding.UTF8 else "windows-1252"
    with override("de"):
        content = csv_file(profile, wanted)
    name = f"{key}-{period.first_on.isoformat()}-{period.last_on.isoformat()}.csv"
    return _file(name, content, charset, wanted)


def _datev(rows: Sequence[HandoverRow], period: Period, *, now: datetime) -> HandoverFile:
    settings = datev_settings()
    if settings is None:
        raise NotSetUp(_("Tragen Sie zuerst Ihre Konten für DATEV ein."))
    if fiscal_year_start(settings, period.first_on) != fiscal_year_start(settings, period.last_on):
        raise InvalidInput(_("Eine DATEV-Datei bleibt in einem Wirtschaftsjahr."), field="last_on")
    with override("de"):
        postings, missing = postings_of(rows, settings)
    if missing:
        labels = "; ".join(str(one.label) for one in missing)
        raise NotSetUp(_("Für diesen Zeitraum fehlen Konten: %(names)s") % {"names": labels})
    if len(postings) > MOST_POSTINGS:
        raise InvalidInput(
            _("Mehr als 99.999 Buchungen. Wählen Sie einen kürzeren Zeitraum."), field="last_on"
        )
    closed = closed_until()
    is_fixed = closed is not None and period.last_on <= closed
    batch = Batch(period.first_on, period.last_on, postings, is_fixed=is_fixed)
    content = datev_file(batch, settings, made_at=timezone.localtime(now))
    name = f"EXTF_Buchungsstapel_{period.first_on:%Y%m%d}_{period.last_on:%Y%m%d}.csv"
    return _file(name, content, "windows-1252", rows)


def _file(name: str, content: bytes, charset: str, rows: Sequence[HandoverRow]) -> HandoverFile:
    return HandoverFile(name, content, f"text/csv; charset={charset}", len(rows), _sum(rows), sums_of(rows))


def _sum(rows: Sequence[HandoverRow]) -> int:
    return sum(row.cents for row in rows)
