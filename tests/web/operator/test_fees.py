"""The operators' pages about fees: plans, terms, both runs, one town, each step with its reason, and who may not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.identity.models import AuditEntry
from subscriptions.models import FeeEntry, FeeInvoice, FeeReminder, Plan
from subscriptions.queries.invoices import invoices_of
from subscriptions.queries.plans import plans, terms
from subscriptions.queries.towns import subscription_of
from tenants.models import Standing, Tenant
from tests.factories import fees
from tests.factories.fees import TERMS
from tests.web.operator.test_console import operator_client  # noqa: F401 — the fixture

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def url(name: str, *args: object) -> str:
    return reverse(f"operator_{name}", urlconf="config.urls_public", args=args)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(url(name, *args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


@pytest.fixture
def desk(operator_client: Client) -> Client:  # noqa: F811 — the fixture
    return operator_client


def test_an_empty_room_says_what_to_do_first(desk: Client, tenant_a: Tenant) -> None:
    assert "Bedingungen eintragen" in page(desk, "fees")
    assert "Noch kein Tarif" in page(desk, "fee_plans")
    assert "Heute ist keine Mahnung fällig" in page(desk, "fee_reminder_run")
    assert "ist alles berechnet" in page(desk, "fee_invoice_run")
    assert "Probezeit" in page(desk, "fee_town", tenant_a.pk)
    assert desk.get(url("fee_town", 987654)).status_code == 404


def test_a_plan_is_made_priced_and_changed(desk: Client) -> None:
    typed = {"name": "Klein", "population_from": "0", "population_to": "5000", "is_offered": "on"}
    made = desk.post(url("fee_plan_new"), typed)
    plan = Plan.objects.get()
    assert made["Location"] == url("fee_price", plan.pk)
    price = {"interval": "year", "net": "1.000,00", "tax_percent": "19", "valid_from": TODAY.isoformat()}
    assert desk.post(url("fee_price", plan.pk), price).status_code == 302
    assert "1.190" in page(desk, "fee_plan", plan.pk)
    again = desk.post(url("fee_price", plan.pk), {**price, "net": "900"})
    assert again.status_code == 422
    assert "frühestens morgen" in again.content.decode()
    later = {**price, "net": "900", "valid_from": (TODAY + DAY).isoformat()}
    assert desk.post(url("fee_price", plan.pk), later).status_code == 302
    assert plans(on=TODAY)[0].yearly != plans(on=TODAY + DAY)[0].yearly
    for bad in ({"net": "viel"}, {"net": "-5"}, {"tax_percent": "0"}, {"valid_from": "gestern"}):
        assert desk.post(url("fee_price", plan.pk), {**later, **bad}).status_code == 422
    assert desk.post(url("fee_plan_new"), typed).status_code == 422  # the name is taken
    assert desk.post(url("fee_plan_edit", plan.pk), {**typed, "population_to": "-1"}).status_code == 422
    assert desk.post(url("fee_plan_edit", plan.pk), {**typed, "name": "Dorf"}).status_code == 302
    assert AuditEntry.objects.filter(action__startswith="fee.").count() == 4


def test_terms_are_checked_and_kept(desk: Client) -> None:
    from dataclasses import asdict

    typed = {**{k: str(v) for k, v in asdict(TERMS).items()}, "reminder_days": "7, 14"}
    for bad, words in (
        ({"iban": "DE00120300000000202051"}, "IBAN stimmt nicht"),
        ({"reminder_days": "bald"}, "14, 14, 14"),
        ({"reminder_days": "1,2,3,4,5,6"}, "Höchstens fünf"),
        ({"read_only_days": "1"}, "7"),
        ({"seller_name": ""}, ""),
    ):
        answer = desk.post(url("fee_terms"), {**typed, **bad})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert desk.post(url("fee_terms"), typed).status_code == 302
    assert terms().reminder_days == (7, 14)


def test_the_invoice_run_shows_first_and_writes_once(desk: Client, tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk, on=TODAY)
    text = page(desk, "fee_invoice_run")
    assert "Musterstadt" in text
    assert "1 Rechnung jetzt ausstellen" in text
    assert FeeInvoice.objects.count() == 0
    for _number in range(2):
        assert desk.post(url("fee_invoice_run"), {"until": TODAY.isoformat()}).status_code == 302
    assert FeeInvoice.objects.count() == 1
    assert "ist alles berechnet" in page(desk, "fee_invoice_run")
    assert "1.190" in page(desk, "fees")
    assert "offen 1.190" in page(desk, "towns").replace("\xa0", " ")
    assert desk.get(url("fee_pdf", FeeInvoice.objects.get().uuid)).content.startswith(b"%PDF")
    assert b"CrossIndustry" in desk.get(url("fee_xml", FeeInvoice.objects.get().uuid)).content


def test_the_reminder_run_goes_step_by_step(desk: Client, tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk, on=TODAY - 100 * DAY)
    fees.issue(on=TODAY - 100 * DAY)
    fees.remind(on=TODAY - 40 * DAY)
    assert "2 von 2" in page(desk, "fee_reminder_run")
    assert desk.post(url("fee_reminder_run")).status_code == 302
    assert FeeReminder.objects.count() == 2
    assert "Heute ist keine Mahnung fällig" in page(desk, "fee_reminder_run")
    assert "2 Mahnungen" in page(desk, "fees")


def test_a_payment_opens_a_closed_town_and_a_sent_form_counts_once(desk: Client, tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk, on=TODAY - 100 * DAY)
    fees.issue(on=TODAY - 100 * DAY)
    fees.remind(on=TODAY - 50 * DAY)
    fees.remind(on=TODAY - 30 * DAY)
    from subscriptions.services.accounts import look_after

    look_after(tenant_a.pk, now=timezone.now())
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.READ_ONLY
    assert "nur lesend" in page(desk, "towns")
    invoice = FeeInvoice.objects.get()
    step = url("fee_step", invoice.uuid, "zahlung")
    key = desk.get(step).context["form"]["key"].value()
    typed = {"amount": "1.190,00", "valued_on": TODAY.isoformat(), "reason": "Kontoauszug 3", "key": str(key)}
    assert desk.post(step, {**typed, "reason": ""}).status_code == 422
    assert desk.post(step, {**typed, "amount": "1.190,01"}).status_code == 422
    assert desk.post(step, {**typed, "valued_on": (TODAY + DAY).isoformat()}).status_code == 422
    for _number in range(2):
        assert desk.post(step, typed).status_code == 302
    assert FeeEntry.objects.filter(kind="payment").count() == 1
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.NORMAL
    assert "Kontoauszug 3" in page(desk, "fee_town", tenant_a.pk)
    entry = FeeEntry.objects.get(kind="payment")
    assert desk.post(url("fee_reverse", entry.uuid), {"reason": ""}).status_code == 422
    assert desk.post(url("fee_reverse", entry.uuid), {"reason": "Andere Kommune"}).status_code == 302
    assert Tenant.objects.get(pk=tenant_a.pk).standing == Standing.READ_ONLY


@pytest.mark.parametrize(("step", "state"), [("erlassen", "waived"), ("stornieren", "cancelled")])
def test_letting_go_needs_a_reason(desk: Client, tenant_a: Tenant, step: str, state: str) -> None:
    fees.ordered_town(tenant_a.pk, on=TODAY)
    fees.issue(on=TODAY)
    invoice = FeeInvoice.objects.get()
    where = url("fee_step", invoice.uuid, step)
    assert desk.post(where, {"reason": " "}).status_code == 422
    assert desk.post(where, {"reason": "Vereinbart am Telefon"}).status_code == 302
    assert state in {row.state for row in invoices_of(
        tenant_a.pk, today=TODAY)}  # fmt: skip
    assert "Vereinbart am Telefon" in page(desk, "fee_town", tenant_a.pk)
    assert desk.post(where, {"reason": "Noch einmal"}).status_code == 422
    assert desk.get(url("fee_step", invoice.uuid, "verbrennen")).status_code == 404


def test_a_trial_is_lengthened_with_a_reason(desk: Client, tenant_a: Tenant) -> None:
    fees.start_trial(tenant_a.pk, on=TODAY)
    where = url("fee_trial", tenant_a.pk)
    until = (TODAY + 120 * DAY).isoformat()
    assert desk.post(where, {"until": TODAY.isoformat(), "reason": "Ferien"}).status_code == 422
    assert desk.post(where, {"until": until, "reason": ""}).status_code == 422
    assert desk.post(where, {"until": until, "reason": "Sommerferien"}).status_code == 302
    assert subscription_of(tenant_a.pk, today=TODAY).trial_ends_on == TODAY + 120 * DAY
    assert AuditEntry.objects.get(action="fee.trial_extended").reason == "Sommerferien"


def test_the_table_of_towns_asks_no_more_for_many(desk: Client, tenant_a: Tenant) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(desk, "towns")
        return len(seen)

    fees.start_trial(tenant_a.pk, on=TODAY)
    one = count()
    for number in range(19):
        town = Tenant.objects.create(
            schema_name=f"t_feetown{number:04}", slug=f"feetown{number}", kind="municipality",
            official_name=f"Gemeinde {number}", short_name=f"Ort {number}",
        )  # fmt: skip
        fees.start_trial(town.pk, on=TODAY)
    assert count() == one
