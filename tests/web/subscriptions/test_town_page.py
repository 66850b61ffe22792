"""A town's page about its fee: who sees it, what each state shows, every form with its refusals."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.identity.models import AuditEntry
from booking_core.reservations.queries.bookings import booking_by_uuid
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts
from tenants.context import in_public
from tenants.models import Standing, Tenant
from tests.factories import fees
from tests.factories.fees import ADDRESS, OLGA
from tests.web.backoffice.conftest import InTown, Office

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
DAY = timedelta(days=1)
LEITWEG = "04011000-1234512345-06"


@pytest.fixture
def boss(office: Office) -> Client:
    with in_public():
        fees.set_up_terms()
        fees.make_plan("Klein", monthly=10_000, population_to=5_000)
        fees.make_plan("Mittel", population_from=5_001)
        fees.start_trial(office.town.pk, on=TODAY)
    return office.client("administrator")


def page(client: Client, name: str = "backoffice_fee") -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return str(answer.content.decode())


def own(office: Office) -> object:
    return subscription_of(office.town.pk, today=TODAY)


def test_the_trial_says_days_left_and_what_would_fit(boss: Client) -> None:
    text = page(boss)
    assert "noch 90 Tage" in text
    assert "Klein" in text
    assert "1.190" in text
    assert "Tarif bestellen" in text


def test_ordering_is_binding_and_seen_in_both_trails(boss: Client, office: Office) -> None:
    url = reverse("backoffice_fee_order")
    plan_id = str(boss.get(url).context["form"].fields["choice"].choices[0][0])
    refused = boss.post(url, {"choice": plan_id})
    assert refused.status_code == 422
    assert "Bestätigen Sie die Bestellung" in refused.content.decode()
    assert boss.post(url, {"choice": "999-year", "is_binding": "on"}).status_code == 422
    assert boss.post(url, {"choice": plan_id, "is_binding": "on"}).status_code == 302
    assert "bestellt von Kim Administrator" in page(boss)
    assert AuditEntry.objects.filter(action="fee.ordered", actor_label="Kim Administrator").count() == 1
    with in_public():
        line = AuditEntry.objects.get(action="fee.ordered")
        assert (line.actor_id, line.subject_id) == (None, str(office.town.pk))


def test_the_address_with_a_wrong_leitweg_id_keeps_what_was_typed(boss: Client, office: Office) -> None:
    url = reverse("backoffice_fee_billing")
    typed = {"name": "Amt Musterland", "unit": "Kämmerei", "street": "Weg 2", "postal_code": "24392", "city": "Ort",
             "email": "amt@example.org", "leitweg_id": LEITWEG[:-1] + "7", "population": "6000"}  # fmt: skip
    refused = boss.post(url, typed)
    assert refused.status_code == 422
    assert "Leitweg-ID stimmt nicht" in refused.content.decode()
    assert "Amt Musterland" in refused.content.decode()
    assert boss.post(url, {**typed, "leitweg_id": LEITWEG.lower()}).status_code == 302
    text = page(boss)
    assert "Amt Musterland" in text
    assert "XRechnung" in text
    assert "6.000" in text
    assert "Mittel" in text  # now that there are more people, another plan fits
    for bad in (
        {"population": "-3"},
        {"population": "viele"},
        {"postal_code": "1"},
        {"email": "x"},
        {"name": ""},
    ):
        assert boss.post(url, {**typed, "leitweg_id": "", **bad}).status_code == 422


def test_leaving_and_staying(boss: Client) -> None:
    url = reverse("backoffice_fee_leave")
    assert "Ihre Daten mitnehmen" in page(boss, "backoffice_fee_leave")
    assert boss.post(url, {"action": "beenden"}).status_code == 302
    assert "Gekündigt zum" in page(boss)
    assert "Kündigung zurücknehmen" in page(boss, "backoffice_fee_leave")
    assert boss.post(url, {"action": "bleiben"}).status_code == 302
    assert "Gekündigt zum" not in page(boss)


def test_changing_the_plan_before_ordering_is_refused_and_after_counts(boss: Client, office: Office) -> None:
    url = reverse("backoffice_fee_plan")
    yearly, monthly = [key for key, _label in boss.get(url).context["form"].fields["choice"].choices]
    assert boss.post(url, {"choice": monthly}).status_code == 422
    boss.post(reverse("backoffice_fee_order"), {"choice": yearly, "is_binding": "on"})
    assert boss.post(url, {"choice": monthly}).status_code == 302
    assert subscription_of(office.town.pk, today=TODAY).interval == "month"


def test_a_treasurer_sees_and_edits_the_address_but_orders_nothing(boss: Client, office: Office) -> None:
    treasurer = office.client("treasurer")
    assert "Bestellen kann die Administration" in page(treasurer)
    assert treasurer.get(reverse("backoffice_fee_billing")).status_code == 200
    for name in ("backoffice_fee_order", "backoffice_fee_plan", "backoffice_fee_leave"):
        assert treasurer.get(reverse(name)).status_code == 403
        assert treasurer.post(reverse(name)).status_code == 403


def test_without_a_plan_that_fits_the_page_says_so(office: Office) -> None:
    boss = office.client("administrator")
    assert "noch kein Preis" in page(boss)
    assert "noch keinen Tarif" in page(boss, "backoffice_fee_order")


def _billed(town: Tenant) -> None:
    with in_public():
        fees.ordered_town(town.pk, on=TODAY - 400 * DAY)
        fees.issue(on=TODAY - 400 * DAY)


def test_invoices_are_there_as_pdf_and_xml_and_only_for_their_town(tenant_b: Tenant, office: Office) -> None:
    _billed(office.town)
    boss = office.client("administrator")
    assert "BV-" in page(boss)
    invoice = fees.newest(office.town.pk)
    pdf = boss.get(reverse("backoffice_fee_pdf", args=[invoice.uuid]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert b"CrossIndustryInvoice" in boss.get(reverse("backoffice_fee_xml", args=[invoice.uuid])).content
    with in_public():
        fees.start_trial(tenant_b.pk, on=TODAY - 500 * DAY)
        fees.order(tenant_b.pk, fees.make_plan("Anderer"), on=TODAY - 300 * DAY)
        fees.issue(on=TODAY - 300 * DAY)
        others = fees.newest(tenant_b.pk)
    for name in ("backoffice_fee_pdf", "backoffice_fee_xml"):
        assert boss.get(reverse(name, args=[others.uuid])).status_code == 404


def _stand(town: Tenant, standing: str) -> None:
    with in_public():
        Tenant.objects.filter(pk=town.pk).update(standing=standing)
    cache.clear()


@pytest.mark.parametrize(
    ("role", "is_told"),
    [("administrator", True), ("treasurer", True), ("clerk", False), ("caretaker", False), ("reader", False)],
)
def test_arrears_are_said_to_those_who_can_settle_them(office: Office, role: str, is_told: bool) -> None:
    _billed(office.town)
    with in_public():
        invoice = fees.newest(office.town.pk)
        fees.remind(on=invoice.due_on + 7 * DAY)
        fees.remind(on=TODAY - 3 * DAY)
        accounts.look_after(office.town.pk, now=timezone.now())
    cache.clear()
    text = page(office.client(role), "backoffice_today")
    assert ("überfällig" in text and "nur noch gelesen" in text) == is_told


def test_a_read_only_town_tells_each_person_what_concerns_them(office: Office) -> None:
    with in_public():
        fees.start_trial(office.town.pk, on=TODAY - 400 * DAY)
        accounts.look_after(office.town.pk, now=timezone.now())
    cache.clear()
    stranger = InTown(office.town)
    text = stranger.get("/").content.decode()
    assert "Zurzeit keine neuen Buchungen" in text
    assert "Abrechnung" not in text
    assert "Fragen Sie Ihre Administration" in page(office.client("clerk"), "backoffice_today")
    assert "Bestellen Sie einen Tarif" in page(office.client("administrator"), "backoffice_today")
    place = stranger.get(f"/raum/{office.saal.slug}/").content.decode()
    assert "Zurzeit sind hier keine neuen Buchungen möglich" in place
    assert "/buchen/" not in place


def test_a_refused_page_leads_those_who_can_to_the_way_out(office: Office) -> None:
    _stand(office.town, Standing.READ_ONLY)
    boss, clerk = office.client("administrator"), office.client("clerk")
    url = reverse("backoffice_booking_new")
    assert "/verwaltung/verbund/" in boss.get(url).content.decode()
    text = clerk.get(url).content.decode()
    assert "Zurzeit nur zum Lesen" in text
    assert 'href="/verwaltung/verbund/"' not in text


def test_a_request_can_be_declined_meanwhile_but_not_confirmed(office: Office) -> None:
    booking = office.book()
    _stand(office.town, Standing.READ_ONLY)
    clerk = office.client("clerk")
    typed = {"expected_version": booking.version, "reason": "Leider belegt", "module": ""}
    assert clerk.post(reverse("backoffice_confirm", args=[booking.uuid]), typed).status_code == 403
    assert clerk.post(reverse("backoffice_decline", args=[booking.uuid]), typed).status_code == 302
    assert booking_by_uuid(booking.uuid).state == "declined"


def test_the_address_in_use_is_the_towns_own_until_it_says_otherwise(office: Office) -> None:
    text = page(office.client("administrator"))
    assert office.town.official_name in text
    assert ADDRESS.unit not in text
    assert OLGA.label not in text
