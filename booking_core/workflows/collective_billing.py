"""One invoice for many bookings of a party: a club's month or season, by itself or by hand after a look at it.

A booking is ripe once it is over and settled where it has to be; a series once its last date is over. What ended
under different tax statuses stands on invoices of its own. Not here: invoices of single bookings (``billing``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

import structlog
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from booking_core.engines.tax import TaxPeriod, period_on
from booking_core.finance.contracts import DraftLine, InvoiceDraft, InvoiceView, ProfileView
from booking_core.finance.errors import NothingToBill
from booking_core.finance.paper.content import PaperParty
from booking_core.finance.queries.profile import finance_profile, required_profile
from booking_core.finance.queries.unbilled import paid_cancelled_invoices, parties_to_bill, ripe_bookings
from booking_core.finance.services import invoicing
from booking_core.identity.contracts import SYSTEM, Actor, PartyView
from booking_core.identity.queries import party_by_uuid
from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging import composing_money
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.bill_lines import lines_of, owed_now
from design_system.formats import Language, long_date
from tenants.context import tenant_zone

log = structlog.get_logger(__name__)
_SEASON_STARTS = (8, 1)  # 1 August: the year of schools and sports


@dataclass(frozen=True, slots=True)
class CollectivePreview:
    """What would be billed: ``until_on`` is the last day counted. Usually one draft, more where the tax changes."""

    party: PartyView
    until_on: date
    drafts: tuple[InvoiceDraft, ...]
    bookings: tuple[BookingView, ...]

    @property
    def total(self) -> Money:
        return Money(sum(draft.expected_cents for draft in self.drafts))


def period_start(rhythm: str, today: date) -> date:
    """The first day of the period that runs now; everything that ended before it is ripe.

    >>> period_start("month", date(2026, 11, 25)), period_start("season", date(2026, 11, 25))
    (datetime.date(2026, 11, 1), datetime.date(2026, 8, 1))
    """
    if rhythm == "month":
        return today.replace(day=1)
    this_year = date(today.year, *_SEASON_STARTS)
    return this_year if this_year <= today else date(today.year - 1, *_SEASON_STARTS)


def preview_collective(party_uuid: UUID, *, until_on: date, now: datetime) -> CollectivePreview:
    """What a collective invoice of this party says; writes nothing. Raises NotFound, NotSetUp, InvalidInput."""
    return _collect(party_uuid, until_on=until_on, now=now, never_billed=False)


@with_retries
def bill_collectively(
    party_uuid: UUID,
    *,
    until_on: date,
    actor: Actor,
    now: datetime,
    expected_total: Money | None = None,
    never_billed: bool = False,
) -> tuple[InvoiceView, ...]:
    """Write and send what the preview shows. ``expected_total`` is what the person saw; Stale where it changed.

    ``never_billed`` leaves out bookings whose invoice a person has cancelled. Raises NotFound, NotSetUp,
    NothingToBill, TaxContradiction, InvalidInput, Stale.
    """
    for uuid in _ripe(party_uuid, until_on=until_on, now=now, never_billed=never_billed):
        locked_booking(uuid)
    found = _collect(party_uuid, until_on=until_on, now=now, never_billed=never_billed)
    if expected_total is not None and found.total != expected_total:
        raise Stale(
            _("Inzwischen hat sich etwas geändert. Bitte sehen Sie sich die Vorschau noch einmal an.")
        )
    if not found.drafts:
        raise NothingToBill(_("Bis zu diesem Tag ist nichts zu berechnen."))
    return tuple(_issue(draft, found.party, actor=actor, now=now) for draft in found.drafts)


def bill_clubs(*, now: datetime) -> int:
    """Write the invoices of all parties whose period is over; the number of invoices.

    Safe to run often and side by side: what stands on an invoice is not ripe any more. A party whose invoice cannot
    be written keeps standing in the treasurer's list; the others get theirs.
    """
    if finance_profile() is None:
        return 0
    written, today = 0, timezone.localdate(now)
    for row in parties_to_bill():
        until_on = date.fromordinal(period_start(row.rhythm, today).toordinal() - 1)
        try:
            written += len(
                bill_collectively(row.uuid, until_on=until_on, actor=SYSTEM, now=now, never_billed=True)
            )
        except NothingToBill:
            continue
        except BookingError as fault:
            log.warning("collective_invoice_not_written", party=str(row.uuid), code=fault.code)
    return written


def _ripe(party_uuid: UUID, *, until_on: date, now: datetime, never_billed: bool) -> tuple[UUID, ...]:
    if until_on > timezone.localdate(now):
        raise InvalidInput(_("Dieser Tag liegt in der Zukunft."), field="until_on")
    next_day = date.fromordinal(until_on.toordinal() + 1)
    until = datetime.combine(next_day, time.min, tzinfo=tenant_zone())
    return ripe_bookings(party_uuid, until=min(until, now), never_billed=never_billed)


def _collect(party_uuid: UUID, *, until_on: date, now: datetime, never_billed: bool) -> CollectivePreview:
    profile, party = required_profile(), party_by_uuid(party_uuid)
    uuids = _ripe(party_uuid, until_on=until_on, now=now, never_billed=never_billed)
    bookings = sorted((booking_by_uuid(uuid, with_events=False) for uuid in uuids), key=lambda one: one.start)
    return CollectivePreview(party, until_on, drafts_of(bookings, party, profile), tuple(bookings))


def drafts_of(
    bookings: Sequence[BookingView], party: PartyView, profile: ProfileView
) -> tuple[InvoiceDraft, ...]:
    """What invoices over these bookings say: one per tax status, none that asks for nothing."""
    groups: dict[TaxPeriod, list[BookingView]] = {}
    for booking in bookings:
        groups.setdefault(period_on(profile.tax_periods, _last_day(booking)), []).append(booking)
    drafts = [_draft(group, party, profile) for group in groups.values()]
    return tuple(draft for draft in drafts if draft.expected_cents > 0)


def _draft(bookings: Sequence[BookingView], party: PartyView, profile: ProfileView) -> InvoiceDraft:
    language = bookings[-1].language
    with translation.override(language):
        first, last = min(map(_first_day, bookings)), max(map(_last_day, bookings))
        code: Language = "en" if language.startswith("en") else "de"
        subject = _("Sammelrechnung vom %(first)s bis %(last)s") % {
            "first": long_date(first, code),
            "last": long_date(last, code),
        }
        owed = {booking.id: next(reversed(settlements_of(booking.id)), None) for booking in bookings}
        lines = tuple(
            _with_booking(line, booking, code)
            for booking in bookings
            for line in lines_of(replace(booking, language=language), owed[booking.id])
        )
    return InvoiceDraft(
        party_id=party.id,
        buyer=_buyer(party),
        language=language,
        subject=subject,
        lines=lines,
        supply_first_on=first,
        supply_last_on=last,
        expected_cents=sum(owed_now(booking, owed[booking.id]) for booking in bookings),
    )


def _with_booking(line: DraftLine, booking: BookingView, language: Language) -> DraftLine:
    """The line with what it is for: title and days of its booking."""
    first, last = _first_day(booking), _last_day(booking)
    days = long_date(first, language)
    if last != first:
        days = f"{days} – {long_date(last, language)}"
    return replace(line, detail=" · ".join(words for words in (booking.title, days, line.detail) if words))


def _issue(draft: InvoiceDraft, party: PartyView, *, actor: Actor, now: datetime) -> InvoiceView:
    """What was paid on cancelled invoices of the same bookings counts for this one."""
    booking_ids = {line.booking_id for line in draft.lines if line.booking_id is not None}
    paid = paid_cancelled_invoices(booking_ids)
    invoice = invoicing.issue_invoice(draft, actor=actor, now=now, replaces=paid)
    queue_mail(composing_money.invoice_issued(invoice, recipient=party.email))
    return invoice


def _buyer(party: PartyView) -> PaperParty:
    return PaperParty(
        name=party.name,
        street=party.street,
        postal_code=party.postal_code,
        city=party.city,
        email=party.email,
    )


def _first_day(booking: BookingView) -> date:
    return booking.start.astimezone(tenant_zone()).date()


def _last_day(booking: BookingView) -> date:
    return booking.end.astimezone(tenant_zone()).date()
