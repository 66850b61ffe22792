"""Team, keys, settings, parties, messages, ordinances, the audit trail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from booking_core.identity.api_keys import api_keys
from booking_core.identity.login_providers import login_provider
from booking_core.identity.models import User
from booking_core.identity.parties import party_for
from booking_core.identity.queries import audit_rows, members_of, parties, party_by_uuid, staff_members
from booking_core.identity.services import create_account
from booking_core.messaging.contracts import MailDraft
from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.outbox import queue_mail
from booking_core.messaging.queries import recent_messages
from booking_core.ordinances.library import library_text
from booking_core.ordinances.queries import ordinances_list, stored_version
from tenants.context import in_public
from tenants.models import Tenant
from tests.web.backoffice.conftest import InTown, Office

INVITATION = {"email": "neu@example.org", "name": "Nele Neu", "roles": ["clerk"]}


def test_a_colleague_is_invited_by_mail(office: Office, administrator: Client) -> None:
    answer = administrator.post(
        reverse("backoffice_team_invite"), {**INVITATION, "location_ids": [office.barn.location.id]}
    )
    assert answer.status_code == 302
    row = next(row for row in staff_members() if row.email == "neu@example.org")
    assert (row.roles, row.location_ids) == (("clerk",), (office.barn.location.id,))
    assert [mail.recipient for mail in recent_messages() if mail.kind == "staff_invited"] == [
        "neu@example.org"
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"roles": []}, "roles"),
        ({"email": "kein"}, "email"),
        ({"roles": ["administrator"], "location_ids": True}, "location_ids"),
    ],
    ids=["no role", "no address", "limited administrator"],
)
def test_a_faulty_invitation_is_refused(
    office: Office, administrator: Client, changes: dict[str, object], field: str
) -> None:
    if changes.get("location_ids"):
        changes = {**changes, "location_ids": [office.barn.location.id]}
    answer = administrator.post(reverse("backoffice_team_invite"), {**INVITATION, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "neu@example.org" not in [row.email for row in staff_members()]


def test_roles_change_and_end(office: Office, administrator: Client) -> None:
    office.client("reader")
    row = next(row for row in staff_members() if row.email == "reader@example.org")
    administrator.post(reverse("backoffice_team_member", args=[row.user_id]), {"roles": ["treasurer"]})
    assert next(one.roles for one in staff_members() if one.user_id == row.user_id) == ("treasurer",)
    revoke = reverse("backoffice_team_revoke", args=[row.user_id])
    assert administrator.get(revoke).status_code == 200
    administrator.post(revoke)
    assert row.user_id not in [one.user_id for one in staff_members()]


def test_the_last_administrator_stays(office: Office) -> None:
    boss = next(row for row in staff_members() if "administrator" in row.roles)
    client = InTown(office.town)
    client.force_login(User.objects.get(pk=boss.user_id))
    refused = client.post(reverse("backoffice_team_revoke", args=[boss.user_id]))
    assert refused.status_code == 409
    assert "Mindestens ein Konto" in refused.content.decode()
    changed = client.post(reverse("backoffice_team_member", args=[boss.user_id]), {"roles": ["clerk"]})
    assert "roles" in changed.context["form"].errors
    assert [row.user_id for row in staff_members()] == [boss.user_id]


def test_a_key_is_shown_once_and_revoked(office: Office, administrator: Client) -> None:
    typed = {"name": "Belegungsplan", "scopes": ["read"], "expires_on": "2028-01-31"}
    shown = administrator.post(reverse("backoffice_api_key_new"), typed)
    secret = shown.context["secret"]
    assert secret in shown.content.decode()
    (key,) = api_keys()
    assert key.expires_at is not None
    assert secret not in administrator.get(reverse("backoffice_api_keys")).content.decode()
    revoke = reverse("backoffice_api_key_revoke", args=[key.id])
    administrator.get(revoke)
    assert api_keys()[0].revoked_at is None
    administrator.post(revoke)
    assert api_keys()[0].revoked_at is not None
    assert administrator.get(reverse("backoffice_api_key_revoke", args=[key.id + 99])).status_code == 404


def test_a_key_needs_a_scope(office: Office, administrator: Client) -> None:
    assert administrator.post(reverse("backoffice_api_key_new"), {"name": "x"}).status_code == 422
    assert api_keys() == ()


CONTACT = {
    "official_name": "Gemeinde Neustadt",
    "short_name": "Neustadt",
    "contact_email": "rathaus@example.org",
}


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
    administrator.post(reverse("backoffice_settings_topic", args=["buchen"]), {"auto_confirm": "on"})
    administrator.post(
        reverse("backoffice_settings_topic", args=["rechtliches"]), {"imprint": "Gemeinde Musterstadt"}
    )
    town = _town()
    assert (town.auto_confirm, town.guests_allowed, town.imprint) == (True, False, "Gemeinde Musterstadt")
    assert administrator.get(reverse("backoffice_settings_topic", args=["geheim"])).status_code == 404


PROVIDER = {"name": "Servicekonto", "issuer": "https://login.example.org", "client_id": "biletado"}


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


def test_a_party_is_checked(office: Office, clerk: Client) -> None:
    office.book()
    (party,) = parties()
    url = reverse("backoffice_party", args=[party.uuid])
    assert "Geburtstag" in clerk.get(url).content.decode()
    clerk.post(url, {"customer_group": "local_org", "is_resident": "on", "staff_note": "Zahlt pünktlich"})
    after = party_by_uuid(party.uuid)
    assert (after.customer_group, after.is_resident, after.is_registered) == ("local_org", True, False)
    assert clerk.post(url, {"customer_group": "erfunden"}).status_code == 422
    assert office.client("reader").post(url, {}).status_code == 403
    assert party_by_uuid(party.uuid).staff_note == "Zahlt pünktlich"


def test_a_limited_clerk_sees_no_history_of_other_locations(office: Office) -> None:
    office.book(office.barn, title="Scheunenfest")
    (party,) = parties()
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    assert "Scheunenfest" not in limited.get(reverse("backoffice_party", args=[party.uuid])).content.decode()


def test_a_clerk_confirms_who_books_for_a_club(office: Office, clerk: Client) -> None:
    account = create_account(email="vorstand@example.org", name="Vera Vorstand", verified=True)
    party_for(name="Vera", email=account.email, organisation_name="Musikverein", user_id=account.pk)
    club = next(one for one in parties() if one.name == "Musikverein")
    assert "zu prüfen" in clerk.get(reverse("backoffice_party", args=[club.uuid])).content.decode()
    url = reverse("backoffice_party_member", args=[club.uuid, account.pk])
    assert office.client("reader").post(url, {"step": "confirm"}).status_code == 403
    assert members_of(club.uuid)[0].confirmed_at is None
    clerk.post(url, {"step": "confirm"})
    assert members_of(club.uuid)[0].confirmed_at is not None
    clerk.post(url, {"step": "remove"})
    assert members_of(club.uuid) == ()
    assert clerk.post(url, {"step": "confirm"}).status_code == 404


def test_parties_are_found_by_name(office: Office, clerk: Client) -> None:
    office.book()
    assert "Erika Mustermann" in clerk.get(reverse("backoffice_parties") + "?q=erika").content.decode()
    assert "Niemand gefunden" in clerk.get(reverse("backoffice_parties") + "?q=zzz").content.decode()


def _failed_mail(subject_type: str = "booking") -> OutboxMessage:
    draft = MailDraft(
        "email_code",
        "erika@example.org",
        "de",
        "Ihr Code 123456",
        "Code: 123456",
        "<p>Code: 123456</p>",
        subject_type=subject_type,
        subject_id="x",
    )
    queue_mail(draft)
    row = OutboxMessage.objects.latest("id")
    row.state, row.last_error = "failed", "550 unknown"
    row.save()
    return row


def test_a_failed_message_is_sent_again(office: Office, clerk: Client) -> None:
    row = _failed_mail()
    url = reverse("backoffice_message", args=[row.uuid])
    assert "550 unknown" in clerk.get(url).content.decode()
    clerk.post(url)
    row.refresh_from_db()
    assert row.state == "waiting"
    clerk.post(url)
    assert [entry.action for entry in audit_rows()][:2].count("message.retried") == 1


def test_nobody_reads_codes_of_others(office: Office, administrator: Client) -> None:
    row = _failed_mail(subject_type="")
    for url in (reverse("backoffice_message", args=[row.uuid]), reverse("backoffice_messages"),
                reverse("backoffice_message_html", args=[row.uuid])):  # fmt: skip
        assert "123456" not in administrator.get(url).content.decode(), url


def test_mails_are_framed_under_a_policy_of_their_own(office: Office, clerk: Client) -> None:
    office.book()
    row = recent_messages()[0]
    framed = clerk.get(reverse("backoffice_message_html", args=[row.uuid]))
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "script-src" not in framed["Content-Security-Policy"]


def test_a_limited_clerk_has_no_outbox(office: Office) -> None:
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    row = _failed_mail()
    for url in (reverse("backoffice_messages"), reverse("backoffice_message", args=[row.uuid]),
                reverse("backoffice_message_html", args=[row.uuid])):  # fmt: skip
        assert limited.get(url).status_code == 403


def test_every_mail_can_be_previewed(office: Office, clerk: Client) -> None:
    shown = clerk.get(reverse("backoffice_mail_previews")).context
    for item in (*shown["kinds"], *shown["languages"]):
        assert clerk.get(item.url).status_code == 200
    assert clerk.get(reverse("backoffice_mail_preview_html") + "?art=unsinn").status_code == 404


def test_an_ordinance_is_read_in_published_and_downloaded(office: Office, administrator: Client) -> None:
    answer = administrator.post(
        reverse("backoffice_ordinance_import"), {"code": "nussbaum", "text": library_text("nussbaum-halle")}
    )
    draft = next(one for one in ordinances_list() if one.code == "nussbaum").versions[0]
    assert answer["Location"] == reverse("backoffice_version", args=[draft.id])
    assert administrator.get(answer["Location"]).context["examples"].tone == "success"
    publish = reverse("backoffice_version_publish", args=[draft.id])
    assert administrator.post(publish, {"valid_from": "2027-01-01"}).status_code == 409
    typed = {"valid_from": "2027-01-01", "council_decision": "Rat, 12.11.2026", "note": "Neue Sätze"}
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
    refused = administrator.post(publish, {"valid_from": "2027-01-01", "council_decision": "Rat"})
    assert refused.status_code == 409
    assert stored_version(draft.id).state == "draft"


def test_clerks_read_ordinances_but_publish_none(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_version", args=[office.version_id])
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, {}).status_code == 403
    assert clerk.get(reverse("backoffice_version_publish", args=[office.version_id])).status_code == 403


def test_the_calculator_explains_its_price(office: Office, clerk: Client) -> None:
    case = ("?codes=grosser_saal&start_on_0=2027-01-09&start_time_0=11:00&end_on_0=2027-01-10&end_time_0=11:00"
            "&group=private&purpose=private_event")  # fmt: skip
    shown = clerk.get(reverse("backoffice_version_calculator", args=[office.version_id]) + case)
    quote = shown.context["quote"]
    assert quote.price.total.replace("\xa0", " ") == "90,00 €"
    assert len(quote.derivation.rows) > len(quote.price.rows)
    wrong = clerk.get(
        reverse("backoffice_version_calculator", args=[office.version_id]) + "?codes=luftschloss"
    )
    assert wrong.status_code == 422


def test_the_audit_trail_tells_who_did_what(office: Office, administrator: Client) -> None:
    administrator.post(reverse("backoffice_team_invite"), INVITATION)
    page = administrator.get(reverse("backoffice_audit")).content.decode()
    assert "Rollen gesetzt" in page
    assert "Kim Administrator" in page
