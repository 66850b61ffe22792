"""A town's way through trial, order, invoice, reminders, reading only and back, one test per passage.

Seen red on 1 December 2026: with ``refresh_standing`` left out of ``record_payment`` a paid town stays read-only.
"""

from datetime import date, timedelta

import pytest

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from subscriptions.contracts import SubscriptionView
from subscriptions.errors import FeeClosed, WrongMoment
from subscriptions.models import FeeEntry
from subscriptions.queries.invoices import invoices_of
from subscriptions.queries.runs import due_fees, due_reminders
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts, invoicing, ledger
from tenants.models import Standing, Tenant
from tests.factories import fees
from tests.factories.fees import OLGA, TERMS, TODAY, at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen(tenant: Tenant, on: date) -> SubscriptionView:
    """Time passes, then look: the registry must say the same as the view."""
    accounts.look_after(tenant.pk, now=at(on))
    found = subscription_of(tenant.pk, today=on)
    assert Tenant.objects.get(pk=tenant.pk).standing == found.standing
    return found


def mails() -> list[str]:
    return list(OutboxMessage.objects.order_by("id").values_list("kind", flat=True))


def test_a_trial_has_its_days_and_ends_with_a_warning_before_anything_closes(tenant_a: Tenant) -> None:
    fees.set_up_terms(trial_days=90, grace_days=30)
    fees.start_trial(tenant_a.pk)
    last = TODAY + 89 * DAY
    first = seen(tenant_a, TODAY)
    assert (first.state, first.trial_days_left, first.trial_ends_on) == ("trial", 90, last)
    assert seen(tenant_a, last).standing == Standing.NORMAL
    over = seen(tenant_a, last + DAY)
    assert (over.state, over.standing, over.cause) == ("trial_over", Standing.WARNED, "trial_over")
    assert over.read_only_on == last + 31 * DAY
    assert seen(tenant_a, last + 30 * DAY).standing == Standing.WARNED
    assert seen(tenant_a, last + 31 * DAY).standing == Standing.READ_ONLY
    assert mails() == ["fee_trial_ending", "fee_trial_over", "fee_read_only"]


def test_the_trials_end_is_announced_once(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    fees.start_trial(tenant_a.pk)
    for days in (70, 80, 85, 89):
        seen(tenant_a, TODAY + days * DAY)
    assert mails() == ["fee_trial_ending"]


def test_an_order_after_the_trial_opens_a_closed_town_at_once(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    plan = fees.make_plan()
    fees.start_trial(tenant_a.pk)
    late = TODAY + 200 * DAY
    assert seen(tenant_a, late).standing == Standing.READ_ONLY
    fees.order(tenant_a.pk, plan, on=late)
    ordered = subscription_of(tenant_a.pk, today=late)
    assert (ordered.state, ordered.standing, ordered.starts_on) == ("ordered", Standing.NORMAL, late)
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL
    assert mails()[-2:] == ["fee_ordered", "fee_normal_again"]


def test_an_order_within_the_trial_starts_after_it(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    plan = fees.make_plan()
    fees.start_trial(tenant_a.pk)
    fees.order(tenant_a.pk, plan)
    assert subscription_of(tenant_a.pk, today=TODAY).starts_on == TODAY + 90 * DAY
    assert due_fees(until=TODAY + 89 * DAY) == ()
    assert [due.period.first_on for due in due_fees(until=TODAY + 90 * DAY)] == [TODAY + 90 * DAY]


def test_ordering_twice_is_refused(tenant_a: Tenant) -> None:
    plan = fees.ordered_town(tenant_a.pk)
    with pytest.raises(WrongMoment):
        fees.order(tenant_a.pk, plan)


def test_an_unpaid_invoice_warns_and_then_closes_and_payment_opens_at_once(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    assert fees.issue() == 1
    invoice = fees.newest(tenant_a.pk)
    assert (invoice.gross, invoice.open, invoice.due_on) == (Money(119000), Money(119000), TODAY + 30 * DAY)
    assert (
        seen(tenant_a, invoice.due_on + DAY).standing == Standing.NORMAL
    )  # overdue, but nobody was told yet
    first = invoice.due_on + 7 * DAY
    assert fees.remind(on=first - DAY) == 0
    assert fees.remind(on=first) == 1
    warned = seen(tenant_a, first)
    assert (warned.standing, warned.cause, warned.read_only_on) == (Standing.WARNED, "arrears", None)
    second = first + 14 * DAY
    assert fees.remind(on=second) == 1
    named = second + 14 * DAY
    assert seen(tenant_a, second).read_only_on == named
    assert seen(tenant_a, named - DAY).standing == Standing.WARNED
    assert seen(tenant_a, named).standing == Standing.READ_ONLY
    assert fees.remind(on=named + 100 * DAY) == 0
    fees.pay(fees.newest(tenant_a.pk), on=named)
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL
    assert fees.newest(tenant_a.pk).state == "paid"
    assert mails() == ["fee_ordered", "fee_invoice", "fee_reminder", "fee_reminder", "fee_read_only",
                       "fee_normal_again"]  # fmt: skip


def test_part_of_a_payment_is_not_enough_and_too_much_is_refused(tenant_a: Tenant) -> None:
    named = fees.make_read_only(tenant_a.pk)
    invoice = fees.newest(tenant_a.pk)
    fees.pay(invoice, on=named, cents=19000)
    assert subscription_of(tenant_a.pk, today=named).open == Money(100000)
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.READ_ONLY
    with pytest.raises(InvalidInput) as fault:
        fees.pay(invoice, on=named, cents=100001)
    assert fault.value.field == "amount"
    for cents in (0, -5):
        with pytest.raises(InvalidInput):
            fees.pay(invoice, on=named, cents=cents)
    fees.pay(invoice, on=named, cents=100000)
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL
    with pytest.raises(FeeClosed):
        fees.pay(invoice, on=named, cents=1)


def test_a_waiver_needs_a_reason_and_opens_the_town(tenant_a: Tenant) -> None:
    named = fees.make_read_only(tenant_a.pk)
    invoice = fees.newest(tenant_a.pk)
    with pytest.raises(InvalidInput):
        ledger.waive(invoice.uuid, reason=" ", actor=OLGA, now=at(named))
    ledger.waive(invoice.uuid, reason="Hochwasser", actor=OLGA, now=at(named))
    assert fees.newest(tenant_a.pk).state == "waived"
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL


def test_a_payment_recorded_by_mistake_is_taken_back_and_counts_no_more(tenant_a: Tenant) -> None:
    named = fees.make_read_only(tenant_a.pk)
    fees.pay(fees.newest(tenant_a.pk), on=named)
    entry = FeeEntry.objects.get(kind="payment")
    ledger.reverse_entry(entry.uuid, reason="Falsche Kommune", actor=OLGA, now=at(named))
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.READ_ONLY
    with pytest.raises(FeeClosed):
        ledger.reverse_entry(entry.uuid, reason="Noch einmal", actor=OLGA, now=at(named))


def test_a_cancelled_invoice_frees_its_days_for_a_right_one(tenant_a: Tenant) -> None:
    named = fees.make_read_only(tenant_a.pk)
    wrong = fees.newest(tenant_a.pk)
    document = invoicing.cancel_invoice(wrong.uuid, reason="Falsche Anschrift", actor=OLGA, now=at(named))
    assert (document.kind, document.number) == ("cancellation", "BV-2027-000002")
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL
    with pytest.raises(FeeClosed):
        invoicing.cancel_invoice(wrong.uuid, reason="Noch einmal", actor=OLGA, now=at(named))
    assert fees.issue(on=named, until=TODAY) == 1
    assert [row.number for row in invoices_of(tenant_a.pk, today=named)] == [
        "BV-2027-000003", "BV-2027-000002", "BV-2027-000001",
    ]  # fmt: skip


def test_a_longer_trial_needs_a_reason_and_a_later_day(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    fees.start_trial(tenant_a.pk)
    late = TODAY + 150 * DAY
    assert seen(tenant_a, late).standing == Standing.READ_ONLY
    for until, reason in ((late + DAY, ""), (TODAY, "Ferien"), (late + 2000 * DAY, "Ferien")):
        with pytest.raises(InvalidInput):
            accounts.extend_trial(tenant_a.pk, until, reason=reason, actor=OLGA, now=at(late))
    accounts.extend_trial(tenant_a.pk, late + 30 * DAY, reason="Ferien", actor=OLGA, now=at(late))
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL


def test_leaving_ends_with_what_is_paid_for_and_can_be_taken_back(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    fees.issue()
    fees.pay(fees.newest(tenant_a.pk), on=TODAY)
    left = accounts.leave(tenant_a.pk, actor=OLGA, now=at(TODAY))
    assert (left.state, left.ends_on) == ("leaving", date(2028, 3, 9))
    with pytest.raises(WrongMoment):
        accounts.leave(tenant_a.pk, actor=OLGA, now=at(TODAY))
    assert due_fees(until=date(2028, 3, 10)) == ()
    assert accounts.stay(tenant_a.pk, actor=OLGA, now=at(TODAY)).state == "ordered"
    accounts.leave(tenant_a.pk, actor=OLGA, now=at(TODAY))
    assert seen(tenant_a, date(2028, 3, 9)).standing == Standing.NORMAL
    gone = seen(tenant_a, date(2028, 3, 10))
    assert (gone.state, gone.standing, gone.cause) == ("left", Standing.READ_ONLY, "left")
    with pytest.raises(WrongMoment):
        accounts.stay(tenant_a.pk, actor=OLGA, now=at(date(2028, 3, 10)))
    fees.order(tenant_a.pk, fees.make_plan("Neu"), on=date(2028, 5, 1))
    assert seen(tenant_a, date(2028, 5, 1)).standing == Standing.NORMAL
    assert fees.issue(on=date(2028, 5, 1)) == 1


def test_leaving_within_the_trial_ends_with_it(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    fees.start_trial(tenant_a.pk)
    assert accounts.leave(tenant_a.pk, actor=OLGA, now=at(TODAY)).ends_on == TODAY + 89 * DAY
    assert seen(tenant_a, TODAY + 90 * DAY).cause in {"left", "trial_over"}


def test_a_town_nobody_knows_has_no_fee() -> None:
    with pytest.raises(NotFound):
        subscription_of(987654, today=TODAY)


def test_reminders_follow_each_other_by_their_own_days(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    fees.issue()
    due_on = fees.newest(tenant_a.pk).due_on
    late = due_on + 40 * DAY
    assert [one.step for one in due_reminders(today=late)] == [1]
    fees.remind(on=late)
    assert due_reminders(today=late + 13 * DAY) == ()
    (last,) = due_reminders(today=late + 14 * DAY)
    assert (last.step, last.steps, last.read_only_on) == (2, 2, late + (14 + TERMS.read_only_days) * DAY)
