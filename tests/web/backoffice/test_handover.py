"""The page that hands a period over: figures, file, profiles, accounts; for the treasury alone, and noted."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.queries.handover import csv_profiles, datev_settings
from booking_core.identity.models import AuditEntry
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import Office
from tests.web.backoffice.test_treasury import billed, booking, treasurer  # noqa: F401 — fixtures

PAGE, FILE = reverse("backoffice_handover"), reverse("backoffice_handover_file")
PROFILE = {
    "name": "Altes Verfahren", "contents": "everything", "separator": "tab", "decimal": "point",
    "date_style": "%Y%m%d", "encoding": "cp1252", "column_1": "number", "column_3": "amount",
}  # fmt: skip


def asked(key: str = "kasse") -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {"profile": key, "first_on": today, "last_on": today}


def test_from_figures_to_the_file(treasurer: Client, booking: object) -> None:  # noqa: F811
    assert FILE not in treasurer.get(PAGE, asked()).content.decode()  # nothing to take
    billed(treasurer, booking)  # type: ignore[arg-type]
    page = treasurer.get(PAGE, asked()).content.decode()
    assert "90,00" in page
    assert FILE in page
    answer = treasurer.post(FILE, asked())
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="kasse-')
    assert b";90,00;" in answer.content
    (noted,) = AuditEntry.objects.filter(action="finance.handed_over")
    assert (noted.data["count"], noted.data["cents"]) == (1, 9000)
    assert noted.data["file"] in treasurer.get(PAGE).content.decode()


def test_odd_periods_get_a_sentence_beside_the_field(treasurer: Client) -> None:  # noqa: F811
    for change in (
        {"last_on": "2020-01-01"},
        {"first_on": "31.2."},
        {"first_on": "2000-01-01"},
        {"profile": "x"},
    ):
        answer = treasurer.post(FILE, {**asked(), **change})
        assert answer.status_code == 422, change
        assert answer.context["form"].errors, change
    assert treasurer.get(PAGE, {"first_on": "x", "last_on": "y"}).status_code == 200
    assert not AuditEntry.objects.filter(action="finance.handed_over").exists()


def test_a_profile_is_made_changed_and_taken_away(treasurer: Client) -> None:  # noqa: F811
    new = reverse("backoffice_csv_profile", args=["neu"])
    twice = treasurer.post(new, {**PROFILE, "column_2": "number"})
    assert twice.status_code == 422
    assert twice.context["form"].errors[
        "column_3" if "column_3" in twice.context["form"].errors else "column_2"
    ]
    assert 'value="Altes Verfahren"' in twice.content.decode()
    assert treasurer.post(new, {**PROFILE, "column_1": "", "column_3": ""}).status_code == 422
    assert treasurer.post(new, PROFILE).status_code == 302
    assert treasurer.post(new, PROFILE).status_code == 422  # the name is taken
    assert [one.key for one in csv_profiles()] == ["kasse", "personenkonten", "altes-verfahren"]
    own = reverse("backoffice_csv_profile", args=["altes-verfahren"])
    assert "Altes Verfahren" in treasurer.get(own).content.decode()
    assert treasurer.post(own, {**PROFILE, "name": "Neues Verfahren"}).status_code == 302
    assert treasurer.post(reverse("backoffice_csv_profile_delete", args=["kasse"])).status_code == 302
    assert [one.name for one in csv_profiles()] == ["Finanzverfahren Personenkonten", "Neues Verfahren"]
    assert treasurer.get(reverse("backoffice_csv_profile", args=["kasse"])).status_code == 404


def test_accounts_for_datev_from_form_to_file(treasurer: Client, booking: object) -> None:  # noqa: F811
    billed(treasurer, booking)  # type: ignore[arg-type]
    page = treasurer.get(PAGE, asked("datev")).content.decode()
    assert "Tragen Sie zuerst Ihre Konten für DATEV ein." in page
    assert FILE not in page
    url = reverse("backoffice_datev")
    typed = {"consultant": "29098", "client": "55003", "year_starts_month": "1", "account_length": "4",
             "account_debtors": "1400", "income_2b": "4120", "key_2b": ""}  # fmt: skip
    for wrong in (
        {"consultant": "999"},
        {"account_debtors": "12345"},
        {"income_2b": "41a"},
        {"first_person": "99999"},
    ):
        answer = treasurer.post(url, {**typed, **wrong})
        assert answer.status_code == 422, wrong
        assert list(answer.context["form"].errors) == list(wrong)
    assert treasurer.post(url, typed).status_code == 302
    found = datev_settings()
    assert found is not None and found.accounts["debtors"] == "1400"  # type: ignore[index]
    assert 'value="4120"' in treasurer.get(url).content.decode()
    answer = treasurer.post(FILE, asked("datev"))
    assert answer.content.startswith(b'"EXTF";700;21;"Buchungsstapel";13;')
    assert b'\r\n90,00;"S";"EUR";;;"";1400;4120;"";' in answer.content


@pytest.mark.parametrize("role", ["clerk", "reader", "caretaker"])
def test_others_take_nothing(office: Office, role: str) -> None:
    set_up()
    client = office.client(role)
    assert client.get(PAGE).status_code == 403
    assert client.post(FILE, asked()).status_code == 403
    assert client.post(reverse("backoffice_datev"), {}).status_code == 403
    assert office.client("treasurer", location_ids=(office.saal.location.id,)).get(PAGE).status_code == 403
    assert date.today() and not AuditEntry.objects.filter(action="finance.handed_over").exists()  # noqa: DTZ011
