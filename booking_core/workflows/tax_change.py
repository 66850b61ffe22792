"""The town's status for value added tax changes on a day: what that does to bookings and invoices, then the change.

The day of use counts (its last day), so every booking used from that day on is worked out under both states. Not here:
the tax of a line (``engines.tax``), invoices already written, which never change.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from booking_core.engines.tax import TaxPeriod, Treatment, changed
from booking_core.finance.contracts import InvoiceDraft
from booking_core.finance.errors import TaxContradiction
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.services.drafting import taxed
from booking_core.finance.services.profile import change_tax_periods
from booking_core.identity.contracts import Actor
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.priced import used_from
from booking_core.workflows.bill_lines import draft_for
from tenants.context import tenant_zone

MOST_BOOKINGS = 1_000


@dataclass(frozen=True, slots=True)
class Taxation:
    """The tax of one booking. Not ``is_possible``: the ordinance names tax and the town may show none."""

    gross: Money
    tax: Money
    treatments: tuple[Treatment, ...]
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class TaxedBooking:
    """One booking under both states; ``invoice`` is the one that asks for it already, by number and address."""

    uuid: UUID
    number: str
    title: str
    used_on: date
    before: Taxation
    after: Taxation
    invoice: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class TaxPreview:
    """The bookings whose tax changes. ``looked_at``: how many are used from that day on; ``is_cut``: there are more."""

    change: TaxPeriod
    bookings: tuple[TaxedBooking, ...]
    looked_at: int
    is_cut: bool

    @property
    def billed(self) -> tuple[TaxedBooking, ...]:
        """Those whose invoice names the tax of before."""
        return tuple(one for one in self.bookings if one.invoice is not None)

    @property
    def impossible(self) -> tuple[TaxedBooking, ...]:
        """Those no invoice can be written for afterwards."""
        return tuple(one for one in self.bookings if not one.after.is_possible)

    @property
    def terms(self) -> str:
        """What somebody agrees to who saw this; another booking or price makes it another."""
        change, tax = self.change, sum(one.after.tax.cents for one in self.bookings)
        counts = f"{len(self.bookings)}/{len(self.impossible)}/{len(self.billed)}/{tax}"
        return f"{change.from_on}/{change.status}/{change.exemption}/{change.keeps_prices}/{counts}"


def preview_tax_change(change: TaxPeriod) -> TaxPreview:
    """What changes once this holds. Raises NotSetUp. A fixed number of statements."""
    periods = required_profile().tax_periods
    later = changed(periods, change)
    since = datetime.combine(change.from_on, time.min, tzinfo=tenant_zone())
    found = used_from(since, limit=MOST_BOOKINGS + 1)
    drafts = [(one.booking, draft_for(one.booking, one.settlement)) for one in found[:MOST_BOOKINGS]]
    invoices = _live_invoices([booking.id for booking, _draft in drafts])
    rows = [_row(booking, draft, periods, later, invoices.get(booking.id)) for booking, draft in drafts]
    return TaxPreview(
        change=change,
        bookings=tuple(row for row in rows if row.before != row.after),
        looked_at=len(drafts),
        is_cut=len(found) > MOST_BOOKINGS,
    )


def change_tax(change: TaxPeriod, *, actor: Actor) -> None:
    """From that day on the town has this status; what was planned for later falls away. Raises NotSetUp."""
    change_tax_periods(lambda periods: changed(periods, change), actor=actor)


def drop_planned_tax(*, today: date, actor: Actor) -> None:
    """Nothing changes after all. Raises NotSetUp, InvalidInput where every period lies ahead."""
    change_tax_periods(lambda periods: tuple(one for one in periods if one.from_on <= today), actor=actor)


def _live_invoices(booking_ids: list[int]) -> dict[int, tuple[str, UUID]]:
    return {
        booking_id: (row.number, row.uuid)
        for booking_id, rows in invoices_of_bookings(booking_ids).items()
        for row in rows
        if row.kind == "invoice" and not row.is_cancelled
    }


def _row(
    booking: BookingView,
    draft: InvoiceDraft,
    before: tuple[TaxPeriod, ...],
    after: tuple[TaxPeriod, ...],
    invoice: tuple[str, UUID] | None,
) -> TaxedBooking:
    return TaxedBooking(
        uuid=booking.uuid,
        number=booking.number,
        title=booking.title,
        used_on=draft.supply_last_on,
        before=_taxation(draft, before),
        after=_taxation(draft, after),
        invoice=invoice,
    )


def _taxation(draft: InvoiceDraft, periods: tuple[TaxPeriod, ...]) -> Taxation:
    try:
        treatments, sums = taxed(draft, periods)
    except TaxContradiction:
        return Taxation(Money(draft.expected_cents), Money(0), (), is_possible=False)
    return Taxation(Money(sums.gross_cents), Money(sums.tax_cents), tuple(dict.fromkeys(treatments)))
