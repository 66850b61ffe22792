"""Plans of the fee: changed, fitting, free, and what is refused.

Not here: a town's way through trial, invoice and back (``test_life``).
"""

from datetime import date, timedelta

import pytest

from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from subscriptions.contracts import Billing
from subscriptions.errors import FeeNotReady, PlanUnfit
from subscriptions.models import FeeInvoice
from subscriptions.queries.plans import fitting_plans
from subscriptions.queries.runs import due_fees
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts
from subscriptions.services.accounts import PlanChoice
from tenants.models import Tenant
from tests.factories import fees
from tests.factories.fees import OLGA, TODAY, at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_another_plan_counts_from_the_next_period(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    big = fees.make_plan("Groß", yearly=200_000, monthly=20_000)
    fees.issue()
    changed = accounts.change_plan(tenant_a.pk, PlanChoice(big.id, "month"), actor=OLGA, now=at(TODAY))
    assert (changed.plan and changed.plan.name, changed.next_plan and changed.next_plan.name) == (
        "Klein",
        "Groß",
    )
    assert due_fees(until=date(2028, 3, 9)) == ()
    following = due_fees(until=date(2028, 4, 10))
    assert [(due.plan_name, due.period.first_on, due.net) for due in following] == [
        ("Groß", date(2028, 3, 10), Money(20_000)), ("Groß", date(2028, 4, 10), Money(20_000)),
    ]  # fmt: skip
    assert fees.issue(on=date(2028, 4, 10)) == 2
    now = subscription_of(tenant_a.pk, today=date(2028, 4, 10))
    assert (now.plan and now.plan.name, now.interval, now.next_plan, now.next_interval) == (
        "Groß",
        "month",
        None,
        "",
    )


def test_a_plan_that_does_not_fit_is_refused(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    fees.start_trial(tenant_a.pk)
    district = fees.make_plan("Kreis", kinds=("district",))
    city = fees.make_plan("Stadt", population_from=50_000)
    only_yearly = fees.make_plan("Jahr")
    for plan, interval in ((district, "year"), (city, "year"), (only_yearly, "month")):
        with pytest.raises(PlanUnfit):
            fees.order(tenant_a.pk, plan, interval=interval)


def test_what_fits_best_comes_first(tenant_a: Tenant) -> None:
    fees.set_up_terms()
    fees.make_plan("Alle", yearly=50_000)
    fees.make_plan("Klein", population_to=5_000)
    fees.make_plan("Mittel", population_from=5_001, population_to=20_000)
    fees.make_plan("Kreis", kinds=("district",))
    fees.make_plan("Ohne Preis", yearly=None)

    def names(kind: str, population: int | None) -> list[str]:
        return [one.name for one in fitting_plans(kind=kind, population=population, on=TODAY)]

    assert names("municipality", 5_001) == ["Mittel", "Alle"]
    assert names("municipality", 5_000) == ["Alle", "Klein"]
    assert names("municipality", None) == ["Alle", "Klein"]
    assert names("district", 150_000)[0] == "Kreis"


def test_a_free_plan_writes_no_invoice_and_a_price_from_a_day_counts_from_that_day(tenant_a: Tenant) -> None:
    from decimal import Decimal

    from subscriptions.services.plans import NewPrice, add_price

    fees.ordered_town(tenant_a.pk, fees.make_plan("Gratis", yearly=0))
    assert fees.issue() == 0
    plan = subscription_of(tenant_a.pk, today=TODAY).plan
    assert plan is not None
    add_price(plan.id, NewPrice("year", date(2028, 1, 1), Money(5000), Decimal(19)), actor=OLGA, today=TODAY)
    assert [due.period.first_on for due in due_fees(until=date(2028, 3, 10))] == [date(2028, 3, 10)]


def test_without_terms_or_address_nothing_is_issued_and_the_reason_is_said(tenant_a: Tenant) -> None:
    fees.start_trial(tenant_a.pk, on=TODAY - 90 * DAY)
    plan = fees.make_plan()
    fees.order(tenant_a.pk, plan)
    assert "fehlen" in due_fees(until=TODAY)[0].obstacle
    with pytest.raises(FeeNotReady):
        fees.issue()
    fees.set_up_terms()
    empty = Billing("", "", "", "", "", "", "")
    accounts.set_billing(tenant_a.pk, empty, actor=OLGA, now=at(TODAY))
    assert "Rechnungsanschrift" in due_fees(until=TODAY)[0].obstacle
    assert fees.issue() == 0
    assert FeeInvoice.objects.count() == 0


@pytest.mark.parametrize("leitweg", ["04011000-1234512345-07", "abc", "1-2", "04011000 1234512345 06"])
def test_a_wrong_leitweg_id_is_refused_at_its_field(tenant_a: Tenant, leitweg: str) -> None:
    fees.start_trial(tenant_a.pk)
    with pytest.raises(InvalidInput) as fault:
        accounts.set_billing(
            tenant_a.pk, Billing("A", "", "", "", "", "", leitweg), actor=OLGA, now=at(TODAY)
        )
    assert fault.value.field == "leitweg_id"
