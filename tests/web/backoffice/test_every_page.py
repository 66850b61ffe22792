"""Every page of the back office opens for those it is for, and for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.backoffice.conftest import Office

EVERYONE = {"administrator", "clerk", "caretaker", "treasurer", "reader"}
OFFICE = {"administrator", "clerk", "treasurer", "reader"}
DECIDERS = {"administrator", "clerk"}
PAGES: list[tuple[str, set[str]]] = [
    ("backoffice_today", EVERYONE),
    ("backoffice_plan", EVERYONE),
    ("backoffice_inbox", DECIDERS | {"reader"}),
    ("backoffice_bookings", OFFICE),
    ("backoffice_bookings_csv", OFFICE),
    ("backoffice_booking_new", DECIDERS),
    ("backoffice_series", OFFICE),
    ("backoffice_series_ask_all", DECIDERS),
    ("backoffice_waiting", OFFICE),
    ("backoffice_settings_holidays", {"administrator"}),
    ("backoffice_settlements", DECIDERS | {"caretaker"}),
    ("backoffice_closures", DECIDERS | {"caretaker"}),
    ("backoffice_closure_new", DECIDERS | {"caretaker"}),
    ("backoffice_parties", OFFICE),
    ("backoffice_messages", DECIDERS),
    ("backoffice_mail_previews", DECIDERS),
    ("backoffice_catalogue", DECIDERS | {"reader"}),
    ("backoffice_resource_new", DECIDERS),
    ("backoffice_location_new", DECIDERS),
    ("backoffice_ordinances", OFFICE),
    ("backoffice_ordinance_import", DECIDERS),
    ("backoffice_ordinance_new", DECIDERS),
    ("backoffice_calculator", OFFICE),
    ("backoffice_treasury", OFFICE),
    ("backoffice_income", OFFICE),
    ("backoffice_collective_changes", OFFICE),
    ("backoffice_charts", OFFICE),
    ("backoffice_reminders", OFFICE),
    ("backoffice_invoices", OFFICE),
    ("backoffice_invoices_csv", OFFICE),
    ("backoffice_deposits", OFFICE),
    ("backoffice_collective", OFFICE),
    ("backoffice_refunds", OFFICE),
    ("backoffice_debits", {"administrator", "treasurer"}),
    ("backoffice_bank_files", OFFICE),
    ("backoffice_months", OFFICE),
    ("backoffice_journal", OFFICE),
    ("backoffice_journal_csv", OFFICE),
    ("backoffice_statements", {"administrator", "treasurer"}),
    ("backoffice_handover", {"administrator", "treasurer"}),
    ("backoffice_datev", {"administrator", "treasurer"}),
    ("backoffice_money_settings", {"administrator", "treasurer"}),
    ("backoffice_online_payments", {"administrator", "treasurer"}),
    ("backoffice_online_disconnect", {"administrator", "treasurer"}),
    ("backoffice_payments", OFFICE),
    ("backoffice_exchange", OFFICE),
    ("backoffice_team", {"administrator"}),
    ("backoffice_team_invite", {"administrator"}),
    ("backoffice_api_keys", {"administrator"}),
    ("backoffice_api_key_new", {"administrator"}),
    ("backoffice_settings", {"administrator"}),
    ("backoffice_settings_login", {"administrator"}),
    ("backoffice_domains", {"administrator"}),
    ("backoffice_domain_new", {"administrator"}),
    ("backoffice_audit", {"administrator"}),
    ("backoffice_fee", {"administrator", "treasurer"}),
    ("backoffice_fee_billing", {"administrator", "treasurer"}),
    ("backoffice_fee_order", {"administrator"}),
    ("backoffice_fee_plan", {"administrator"}),
    ("backoffice_fee_leave", {"administrator"}),
]


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_a_role_opens_its_pages_and_no_others(office: Office, role: str) -> None:
    client = office.client(role)
    answers = {name: client.get(reverse(name)).status_code for name, _roles in PAGES}
    assert answers == {name: 200 if role in roles else 403 for name, roles in PAGES}


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_the_menu_shows_only_pages_that_open(office: Office, role: str) -> None:
    client = office.client(role)
    groups = client.get(reverse("backoffice_today")).context["side_nav"]
    urls = [item.url for group in groups for item in group.items]
    assert urls
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_strangers_are_sent_to_sign_in(office: Office, town_client: Client) -> None:
    answer = town_client.get(reverse("backoffice_bookings"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")


def test_citizens_without_a_role_are_refused(office: Office, town_client: Client) -> None:
    from booking_core.identity.services import create_account

    town_client.force_login(create_account(email="erika@example.org", name="Erika Mustermann"))
    assert town_client.get(reverse("backoffice_today")).status_code == 403


def test_english_pages_speak_english(office: Office) -> None:
    client = office.client("administrator")
    page = client.get(reverse("backoffice_bookings"), headers={"accept-language": "en"}).content.decode()
    assert "All bookings" in page or "New booking" in page
