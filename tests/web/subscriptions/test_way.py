"""The way of paying on a town's page: only where Stripe is set up, with the invoices there and the way to them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from subscriptions.queries.towns import subscription_of
from tenants.context import in_public
from tests.factories import fees
from tests.stripe_stand_in import Stripe
from tests.web.backoffice.conftest import Office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def _ordered(office: Office) -> None:
    with in_public():
        fees.ordered_town(office.town.pk, on=TODAY)


def test_paying_online_is_chosen_and_its_invoices_and_portal_are_there(
    stripe: Stripe, office: Office
) -> None:
    _ordered(office)
    boss = office.client("administrator")
    assert boss.post(reverse("backoffice_fee_way"), {"way": "gold"}).status_code == 422
    assert boss.post(reverse("backoffice_fee_way"), {"way": "stripe"}).status_code == 302
    text = boss.get(reverse("backoffice_fee")).content.decode()
    assert "online über Stripe" in text
    assert "STRIPE-0001" in text
    assert f"{stripe.state.base}/i/in_" in text
    portal = boss.get(reverse("backoffice_fee_stripe"))
    assert portal["Location"].startswith(f"{stripe.state.base}/p/session/bps_")
    assert boss.post(reverse("backoffice_fee_plan"), {"choice": boss.get(reverse("backoffice_fee_plan")).context[
        "form"].fields["choice"].choices[0][0]}).status_code == 422  # fmt: skip


def test_a_choice_is_kept_while_stripe_is_away(stripe: Stripe, office: Office) -> None:
    _ordered(office)
    boss = office.client("administrator")
    stripe.fail_next()
    answer = boss.post(reverse("backoffice_fee_way"), {"way": "stripe"}, follow=True)
    assert "Stripe antwortet gerade nicht" in answer.content.decode()
    assert subscription_of(office.town.pk, today=TODAY).way == "stripe"


def test_before_the_order_and_for_treasurers_there_is_no_choice(stripe: Stripe, office: Office) -> None:
    with in_public():
        fees.start_trial(office.town.pk, on=TODAY - timedelta(days=3))
    boss = office.client("administrator")
    assert boss.post(reverse("backoffice_fee_way"), {"way": "stripe"}).status_code == 422
    assert office.client("treasurer").get(reverse("backoffice_fee_way")).status_code == 403
    assert boss.get(reverse("backoffice_fee_stripe"))["Location"] == reverse("backoffice_fee")


def test_without_stripe_nothing_speaks_of_it(office: Office) -> None:
    _ordered(office)
    assert (
        "Zahlungsweg</a>"
        not in office.client("administrator").get(reverse("backoffice_fee")).content.decode()
    )
