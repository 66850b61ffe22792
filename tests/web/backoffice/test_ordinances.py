"""Fee ordinances from file to publication, and the calculator that explains their prices."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from booking_core.ordinances.library import library_text
from booking_core.ordinances.queries import ordinances_list, stored_version
from tests.web.backoffice.conftest import Office


def test_an_ordinance_is_read_in_published_and_downloaded(office: Office, administrator: Client) -> None:
    answer = administrator.post(
        reverse("backoffice_ordinance_import"), {"code": "nussbaum", "text": library_text("nussbaum-halle")}
    )
    draft = next(one for one in ordinances_list() if one.code == "nussbaum").versions[0]
    assert answer["Location"] == reverse("backoffice_version", args=[draft.id])
    assert administrator.get(answer["Location"]).context["examples"].tone == "success"
    publish = reverse("backoffice_version_publish", args=[draft.id])
    assert administrator.post(publish, {"valid_from": "2027-01-01"}).status_code == 409
    typed = {
        "revision": "0",
        "valid_from": "2027-01-01",
        "council_decision": "Rat, 12.11.2026",
        "note": "Neue Sätze",
    }
    assert administrator.post(publish, typed).status_code == 302
    assert stored_version(draft.id).state == "published"
    assert administrator.get(publish).context["can_publish"] is False
    yaml = administrator.get(reverse("backoffice_version_yaml", args=[draft.id]))
    again = administrator.post(
        reverse("backoffice_ordinance_import"),
        {"code": "nussbaum-kopie", "file": SimpleUploadedFile("n.yaml", yaml.content)},
    )
    assert again.status_code == 302


def test_a_faulty_file_names_line_and_field(office: Office, administrator: Client) -> None:
    broken = library_text("borgstedt-doerpshus").replace("resources:", "resurces:", 1)
    answer = administrator.post(reverse("backoffice_ordinance_import"), {"code": "kaputt", "text": broken})
    assert answer.status_code == 422
    assert answer.context["problems"].rows
    assert "kaputt" not in [one.code for one in ordinances_list()]


@pytest.mark.parametrize(
    "typed",
    [{"code": "x"}, {"code": "x", "library": "nussbaum-halle", "text": "name: x"}, {"text": "name: x"}],
    ids=["nothing", "two things", "no code"],
)
def test_an_import_needs_one_source(office: Office, administrator: Client, typed: dict[str, str]) -> None:
    assert administrator.post(reverse("backoffice_ordinance_import"), typed).status_code == 422
    assert len(ordinances_list()) == 1


def test_a_version_whose_examples_fail_is_not_published(office: Office, administrator: Client) -> None:
    wrong = library_text("borgstedt-doerpshus").replace("total: 90.00", "total: 91.00", 1)
    assert wrong != library_text("borgstedt-doerpshus")
    administrator.post(reverse("backoffice_ordinance_import"), {"code": "falsch", "text": wrong})
    draft = next(one for one in ordinances_list() if one.code == "falsch").versions[0]
    publish = reverse("backoffice_version_publish", args=[draft.id])
    shown = administrator.get(publish)
    assert shown.context["can_publish"] is False
    assert "stimmt nicht" in shown.content.decode()
    assert "Summe: erwartet 91.00, berechnet 90.00" in shown.content.decode()
    refused = administrator.post(
        publish, {"revision": "0", "valid_from": "2027-01-01", "council_decision": "Rat"}
    )
    assert refused.status_code == 409
    assert stored_version(draft.id).state == "draft"


def test_clerks_read_ordinances_but_publish_none(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_version", args=[office.version_id])
    assert clerk.get(url).status_code == 200
    assert office.client("reader").post(url, {}).status_code == 403
    assert clerk.get(reverse("backoffice_version_publish", args=[office.version_id])).status_code == 403


def test_the_calculator_explains_its_price(office: Office, clerk: Client) -> None:
    case = ("?codes=grosser_saal&tag=2027-01-09&von=11:00&bis=11:00"
            "&group=private&purpose=private_event")  # fmt: skip
    shown = clerk.get(reverse("backoffice_version_calculator", args=[office.version_id]) + case)
    quote = shown.context["quote"]
    assert quote.price.total.replace("\xa0", " ") == "90,00 €"
    assert quote.applied.rows
    assert quote.silent.rows
    assert all(row[0].text and row[1] for row in quote.silent.rows)
    wrong = clerk.get(
        reverse("backoffice_version_calculator", args=[office.version_id]) + "?codes=luftschloss"
    )
    assert wrong.status_code == 422
