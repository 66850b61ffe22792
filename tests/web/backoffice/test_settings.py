"""What a town sets for itself: name and contact, its look, how it is booked, and its login provider."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from booking_core.identity.login_providers import login_provider
from booking_core.identity.queries import audit_rows
from tenants.context import in_public
from tenants.models import Tenant
from tests.web.backoffice.conftest import Office

CONTACT = {
    "official_name": "Gemeinde Neustadt",
    "short_name": "Neustadt",
    "contact_email": "rathaus@example.org",
}
PROVIDER = {"name": "Servicekonto", "issuer": "https://login.example.org", "client_id": "biletado"}


def _town() -> Tenant:
    with in_public():
        return Tenant.objects.get(slug="musterstadt")


def test_name_and_contact_are_saved(
    office: Office, administrator: Client, django_capture_on_commit_callbacks: object
) -> None:
    url = reverse("backoffice_settings_topic", args=["kontakt"])
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(url, CONTACT).status_code == 302
    assert _town().official_name == "Gemeinde Neustadt"
    assert "Gemeinde Neustadt" in administrator.get(url).content.decode()
    assert audit_rows()[0].action == "settings.changed"


def test_a_town_without_an_address_for_requests_is_refused(office: Office, administrator: Client) -> None:
    url = reverse("backoffice_settings_topic", args=["kontakt"])
    assert administrator.post(url, {**CONTACT, "contact_email": ""}).status_code == 422
    assert _town().official_name != "Gemeinde Neustadt"


def test_the_look_counts_its_version_up_and_guards_contrast(office: Office, administrator: Client) -> None:
    url, before = reverse("backoffice_settings_topic", args=["aussehen"]), _town().brand_version
    administrator.post(url, {"brand_colour": "#ffd500", "tagline": "Hier lässt sich's feiern"})
    after = _town()
    assert (after.brand_colour, after.brand_version) == ("#ffd500", before + 1)
    assert "Ihre Farbe ist angepasst." in administrator.get(url).content.decode()
    assert administrator.post(url, {"brand_colour": "gelb"}).status_code == 422


def test_a_logo_must_be_a_picture(office: Office, administrator: Client) -> None:
    url = reverse("backoffice_settings_topic", args=["aussehen"])
    answer = administrator.post(
        url, {"brand_colour": "#0b5d8a", "logo": SimpleUploadedFile("x.png", b"<svg>")}
    )
    assert answer.status_code == 422
    assert _town().logo == ""


def test_booking_and_legal_settings_are_saved(office: Office, administrator: Client) -> None:
    administrator.post(
        reverse("backoffice_settings_topic", args=["buchen"]),
        {"auto_confirm": "on", "waiting_offer_hours": "12", "unused_dates_limit": "0"},
    )
    administrator.post(
        reverse("backoffice_settings_topic", args=["rechtliches"]), {"imprint": "Gemeinde Musterstadt"}
    )
    town = _town()
    assert (town.auto_confirm, town.guests_allowed, town.imprint) == (True, False, "Gemeinde Musterstadt")
    assert (town.waiting_offer_hours, town.unused_dates_limit) == (12, 0)
    assert administrator.get(reverse("backoffice_settings_topic", args=["geheim"])).status_code == 404


def test_the_login_provider_keeps_its_secret(office: Office, administrator: Client) -> None:
    url = reverse("backoffice_settings_login")
    assert "secret" in administrator.post(url, {**PROVIDER, "step": "save"}).context["form"].errors
    assert administrator.post(url, {**PROVIDER, "secret": "streng-geheim", "step": "save"}).status_code == 302
    assert administrator.post(url, {**PROVIDER, "name": "Bürgerkonto", "step": "save"}).status_code == 302
    known = login_provider()
    assert known is not None
    assert (known.name, known.has_secret) == ("Bürgerkonto", True)
    assert "streng-geheim" not in administrator.get(url).content.decode()
    administrator.post(url, {"step": "remove"})
    assert login_provider() is None


def test_a_provider_that_does_not_answer_is_told(office: Office, administrator: Client) -> None:
    answer = administrator.post(
        reverse("backoffice_settings_login"), {**PROVIDER, "issuer": "http://127.0.0.1:9/", "step": "test"}
    )
    assert answer.status_code == 422
    assert "issuer" in answer.context["form"].errors


def test_the_test_button_does_not_look_into_our_own_network(
    office: Office, administrator: Client, settings: object
) -> None:
    settings.DEMO = False
    for issuer in ("https://127.0.0.1/", "http://login.example.org/", "https://[::1]/"):
        answer = administrator.post(
            reverse("backoffice_settings_login"), {**PROVIDER, "issuer": issuer, "step": "test"}
        )
        assert "issuer" in answer.context["form"].errors, issuer
