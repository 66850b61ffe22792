"""A process that pays or refunds is really killed (SIGKILL), at every point between its commits and its calls.

Afterwards the reconciler runs, and then: what the provider took and gave back stands in the ledger to the cent,
nobody paid twice, a paid booking is firm, nothing is left half done. It is to go red without the row committed before
the call; that was not taken away yet. ``may_follow`` has a test of its own (``test_payments_never_twice``).

Not here: the same points without a kill (``tests.integration.workflows.test_payments_never_twice``).
"""

import multiprocessing
import signal
from datetime import date, timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.finance.models import LedgerEntry, Payment
from booking_core.kernel.spans import Span
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.contracts import Wish
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.payments import looking
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.concurrency.payment_process import POINTS, Task, run
from tests.factories.catalogue import CLERK, make_room
from tests.integration.workflows.conftest import PERIOD, place
from tests.integration.workflows.payments_town import begun, connect_town, settle
from tests.stripe_stand_in import KEY, Stripe, stripe

__all__ = ["stripe"]
IN_CI = ("after the call", "paid, booked, not committed", "after the refund")


@pytest.mark.parametrize(
    ("point", "rounds"),
    [
        *((point, 1) for point in IN_CI),
        *(pytest.param(point, 20, marks=pytest.mark.slow) for point in POINTS),
    ],
)
def test_killed_at_any_point_nobody_pays_twice_and_all_is_settled(
    stripe: Stripe, committed_town: Tenant, point: str, rounds: int
) -> None:
    connect_town(stripe)
    hall = _hall()
    for turn in range(rounds):
        before = len(stripe.state.of_kind("payment_intent"))
        booking = _billed(hall, days_later=turn)
        schema = str(committed_town.schema_name)
        assert _killed(Task(schema, booking.uuid, point, KEY, stripe.state.base))
        for _turn in range(2):
            settle(later=180)
        assert not Payment.objects.filter(state__in=["started", "processing"]).exists()
        assert len(stripe.state.of_kind("payment_intent")) <= before + 1
        _refuse_difference(stripe)


def _hall() -> ResourceView:
    version = adopt_from_library("borgstedt-doerpshus", actor=CLERK)
    publish_version(version.id, valid_from=date(2016, 11, 2), actor=CLERK)
    hall = make_room(name="Großer Saal", capacity=60)
    bind_resource(hall.id, version.ordinance_id, ["grosser_saal"], actor=CLERK)
    return hall


def _billed(hall: ResourceView, *, days_later: int = 0) -> BookingView:
    """A confirmed and billed booking, on a day of its own for every round: paid ones stay in the hall."""
    later = timedelta(days=days_later)
    period = Span(PERIOD.start + later, PERIOD.end + later)
    wish = Wish((hall.id,), (period,), group="private", purpose="private_event", persons=40)
    made = place(wish, now=timezone.now())
    confirm_booking(made.uuid, actor=CLERK, expected_version=made.version)
    bill_booking(made.uuid, actor=CLERK)
    return booking_by_uuid(made.uuid)


def _killed(task: Task) -> bool:
    """Run the task in a process of its own; True where it died as it should."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.concurrency.payment_process"])
    process = context.Process(target=run, args=(task,))
    process.start()
    process.join(60)
    return process.exitcode == -signal.SIGKILL


def _refuse_difference(stripe: Stripe) -> None:
    """What the provider has of ours is what the ledger says."""
    intents = [one for _account, one in stripe.state.of_kind("payment_intent")]
    refunds = [one for _account, one in stripe.state.of_kind("refund")]
    theirs = sum(one["amount_received"] for one in intents) - sum(one["amount"] for one in refunds)
    ours = LedgerEntry.objects.filter(way="online").aggregate(cents=Sum("amount_cents"))["cents"] or 0
    assert theirs == -ours


def test_a_click_at_the_same_time_makes_one_page(stripe: Stripe, committed_town: Tenant) -> None:
    """Eight impatient clicks: one row, one page."""
    connect_town(stripe)
    booking = _billed(_hall())
    outcomes_of_clicks = run_together(committed_town, [lambda: begun(booking)] * 8)
    assert tally(outcomes_of_clicks)["won"] == 8
    assert Payment.objects.count() == 1
    assert len(stripe.state.of_kind("checkout.session")) == 1


def test_messages_at_the_same_time_book_once(stripe: Stripe, committed_town: Tenant) -> None:
    connect_town(stripe)
    booking = _billed(_hall())
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    heard = looking.Heard("evt_once", "checkout.session.completed")
    run_together(
        committed_town, [lambda: looking.look_after(payment.uuid, now=timezone.now(), heard=heard)] * 8
    )
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
