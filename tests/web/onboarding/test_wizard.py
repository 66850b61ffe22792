"""The wizard's questions from the first page to "go", without scripts and without a session.

Not here: watching the town being built, and the first minutes in it (``test_birth``).
"""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from booking_core.identity.models import StaffRole, User
from booking_core.messaging.models import OutboxMessage
from onboarding.models import SignUp
from tenants.context import in_tenant
from tenants.models import ProvisioningJob, Tenant, TenantState
from tenants.provisioning.births import build
from tests.conftest import MAIN_HOST, client_of_host
from tests.web.onboarding.conftest import ANSWERS, Player

pytestmark = pytest.mark.django_db


def test_the_whole_way(player: Player) -> None:
    player.play_until("")
    check = player.client.get(player.url("pruefen"))
    assert check.status_code == 200
    for words in (
        "Gemeinde Borgstedt",
        "01058022",
        "Schleswig-Holstein",
        "borgstedt.biletado.localhost",
        "2026-11",
    ):
        assert words in check.content.decode()
    sent = player.client.post(player.url("pruefen"))
    assert sent["Location"] == player.url("fortschritt")
    tenant = Tenant.objects.get(slug="borgstedt")
    assert tenant.state == TenantState.PROVISIONING
    waiting = player.client.get(player.url("fortschritt")).content.decode()
    assert "Einen Moment bitte" in waiting
    assert "Stand neu laden" in waiting
    build(ProvisioningJob.objects.get(tenant=tenant).uuid)
    done = player.client.get(player.url("fortschritt")).content.decode()
    assert "Ihre Seite steht" in done
    assert "Stand neu laden" not in done
    tenant.refresh_from_db()
    assert (tenant.official_name, tenant.federal_state, tenant.brand_colour) == (
        "Gemeinde Borgstedt",
        "SH",
        "#ffd500",
    )
    assert "Gemeinde Borgstedt" in tenant.imprint
    assert tenant.agreement_accepted_at is not None
    assert tenant.agreement_accepted_by == "Erika Mustermann, Amtsleiterin"
    with in_tenant(tenant):
        assert User.objects.get().email == "erika.mustermann@borgstedt.example"
        assert StaffRole.objects.get().role == "administrator"


def test_sending_twice_makes_one_town(player: Player) -> None:
    player.play_until("")
    assert player.client.post(player.url("pruefen")).status_code == 302
    assert player.client.post(player.url("pruefen")).status_code == 302
    assert Tenant.objects.filter(slug__startswith="borgstedt").count() == 1


@pytest.mark.parametrize("slug", [slug for slug in ANSWERS if slug != "art"])
def test_no_page_can_be_skipped(player: Player, slug: str) -> None:
    player.begin()
    assert player.client.get(player.url(slug))["Location"] == player.url("art")
    assert player.client.get(player.url("pruefen"))["Location"] == player.url("art")


def test_back_without_loss(player: Player) -> None:
    player.play_until("aussehen")
    for slug, name, value in (
        ("name", "short_name", "Borgstedt"), ("anschrift", "street", "Musterweg 1"),
        ("adresse", "slug", "borgstedt"), ("schluessel", "municipality_key", "01058022"),
    ):  # fmt: skip
        assert player.client.get(player.url(slug)).context["form"][name].value() == value


def test_a_change_from_the_check_page_leads_back_to_it(player: Player) -> None:
    player.play_until("")
    answer = player.send("name", short_name="Borgstedt am Kanal", aendern="1")
    assert answer["Location"] == player.url("pruefen")
    assert "Borgstedt am Kanal" in player.client.get(player.url("pruefen")).content.decode()


def test_it_goes_on_elsewhere_with_the_mailed_link(player: Player) -> None:
    player.play_until("adresse")
    mail = OutboxMessage.objects.get(kind="signup_resume")
    assert mail.recipient == "erika.mustermann@borgstedt.example"
    link = next(word for word in mail.text.split() if word.startswith(f"https://{MAIN_HOST}/anmelden/"))
    other = client_of_host(MAIN_HOST)
    answer = other.get(link.removeprefix(f"https://{MAIN_HOST}"), follow=True)
    assert answer.redirect_chain[-1][0].endswith("/adresse/")
    assert answer.context["form"]["slug"].value() == "borgstedt"


@pytest.mark.parametrize(
    ("slug", "changes", "sentence"),
    [
        ("art", {"kind": ""}, "Wählen Sie aus"),
        ("name", {"official_name": ""}, "amtlichen Namen"),
        ("schluessel", {"municipality_key": "17058022"}, "zwischen 01 und 16"),
        ("schluessel", {"municipality_key": "0105802"}, "hier sind es 7"),
        ("schluessel", {"municipality_key": "010585890022"}, "01058022"),
        ("anschrift", {"postal_code": "123"}, "fünf Ziffern"),
        ("email", {"email": "erika"}, "E-Mail"),
        ("code", {"code": "000000x"}, "nicht richtig"),
        ("adresse", {"slug": "rathaus-borgstedt"}, "Behörde"),
        ("adresse", {"slug": "musterstadt"}, "schon vergeben"),
        ("aussehen", {"brand_colour": "gelb"}, "keine Farbe"),
        ("angebote", {"choice": "file"}, "Wählen Sie die Datei"),
        ("vereinbarung", {"accepted": ""}, "Ohne Zustimmung"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    player: Player, slug: str, changes: dict[str, str], sentence: str
) -> None:
    player.play_until(slug)
    answer = player.send(slug, **changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    for name, value in {**ANSWERS[slug], **changes}.items():
        if name in answer.context["form"].fields and name not in {"accepted", "kind", "choice"}:
            assert answer.context["form"][name].value() == value


class TestCodes:
    def test_five_wrong_tries_end_a_code(self, player: Player) -> None:
        player.play_until("code")
        right = player.code()
        wrong = "111111" if right != "111111" else "222222"
        for _ in range(5):
            assert player.send("code", code=wrong).status_code == 422
        assert player.send("code", code=right).status_code == 422
        player.client.post(f"{player.url('code')}neu/")
        assert player.send("code").status_code == 302

    def test_a_code_ends_after_fifteen_minutes(self, player: Player) -> None:
        player.play_until("code")
        code = player.code()
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert player.send("code", code=code).status_code == 422

    def test_another_address_has_to_be_proven_again(self, player: Player) -> None:
        player.play_until("adresse")
        player.send("email", email="max@borgstedt.example")
        assert SignUp.objects.get().email_verified_at is None
        assert player.client.get(player.url("adresse"))["Location"] == player.url("code")
        assert player.send("code").status_code == 302

    def test_a_mailbox_is_not_flooded(self, player: Player) -> None:
        player.play_until("code")
        for _ in range(8):
            player.client.post(f"{player.url('code')}neu/")
        assert OutboxMessage.objects.filter(kind="email_code").count() == 5

    def test_the_code_is_not_stored(self, player: Player) -> None:
        player.play_until("code")
        assert player.code() not in str(SignUp.objects.values().get())


def test_asking_for_the_link_tells_nothing(player: Player) -> None:
    player.play_until("adresse")
    OutboxMessage.objects.all().delete()
    pages = [
        player.client.post("/anmelden/fortsetzen/", {"email": email}).content
        for email in ("erika.mustermann@borgstedt.example", "niemand@example.org")
    ]
    assert pages[0].count(b"Postfach") == pages[1].count(b"Postfach") == 1
    assert [mail.recipient for mail in OutboxMessage.objects.all()] == ["erika.mustermann@borgstedt.example"]


@pytest.mark.parametrize("token", ["x", "eyJ4:1:abc", "..%2f"])
def test_a_forged_link_is_told_kindly(main_client: Client, token: str) -> None:
    answer = main_client.get(f"/anmelden/{token}/")
    assert answer.status_code == 404


def test_live_answers(player: Player) -> None:
    player.play_until("adresse")
    free = player.client.get(f"{player.url('adresse')}frei/", {"slug": "borgstedt"}).content.decode()
    taken = player.client.get(f"{player.url('adresse')}frei/", {"slug": "musterstadt"}).content.decode()
    assert "ist frei" in free
    assert "vergeben" in taken
    player.send("adresse")
    colour = player.client.get(
        f"{player.url('aussehen')}farbe/", {"brand_colour": "#ffd500"}
    ).content.decode()
    assert "schwer zu lesen" in colour
    palette = player.client.get(f"{player.url('aussehen')}palette/", {"colour": "#ffd500"}).json()
    assert palette["--kern-color-action-default"] != "#ffd500"


def _picture(kind: str) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (800, 900), "#224466").save(out, kind)
    return SimpleUploadedFile(f"wappen.{kind.lower()}", out.getvalue())


class TestLogo:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_kept_small_and_shown(self, player: Player, kind: str) -> None:
        player.play_until("aussehen")
        assert player.send("aussehen", logo=_picture(kind)).status_code == 302
        assert SignUp.objects.get().answers["look"]["logo"]
        assert "data:image/png;base64," in player.client.get(player.url("angebote")).content.decode()
        player.send("aussehen")
        assert SignUp.objects.get().answers["look"]["logo"]
        player.send("aussehen", remove_logo="on")
        assert SignUp.objects.get().answers["look"]["logo"] == ""

    @pytest.mark.parametrize(
        "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"", b"\x89PNG\r\n\x1a\nbroken"]
    )
    def test_anything_else_is_refused(self, player: Player, content: bytes) -> None:
        player.play_until("aussehen")
        answer = player.send("aussehen", logo=SimpleUploadedFile("wappen.png", content))
        assert answer.status_code == 422
        assert answer.context["form"].errors["logo"]


def test_a_name_taken_meanwhile_leads_back_to_it(
    player: Player, django_capture_on_commit_callbacks: Any
) -> None:
    player.play_until("")
    Tenant.objects.filter(slug="musterstadt").update(slug="borgstedt")
    answer = player.client.post(player.url("pruefen"))
    assert answer["Location"] == player.url("adresse")
    assert SignUp.objects.get().state == "open"


@pytest.mark.parametrize(
    "path", ["/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/vereinbarung/", "/anmelden/"]
)
def test_open_pages(main_client: Client, path: str) -> None:
    answer = main_client.get(path)
    assert answer.status_code == 200
    assert b"style=" not in answer.content


def test_the_front_page_lists_open_towns_only(
    main_client: Client, tenant_a: Tenant, tenant_b: Tenant
) -> None:
    Tenant.objects.filter(pk=tenant_b.pk).update(state=TenantState.SUSPENDED)
    page = main_client.get("/").content.decode()
    assert f"https://musterstadt.{MAIN_HOST}/" in page
    assert "Nachbarort" not in page
