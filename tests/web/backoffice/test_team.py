"""Who may work in the back office: colleagues, keys for programs, and the trail of what they did."""

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.identity.api_keys import api_key_by_secret, api_keys, create_api_key, revoke_api_key
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import User
from booking_core.identity.queries import audit_rows, staff_members
from booking_core.messaging.queries import recent_messages
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


def test_the_audit_trail_tells_who_did_what(office: Office, administrator: Client) -> None:
    administrator.post(reverse("backoffice_team_invite"), INVITATION)
    page = administrator.get(reverse("backoffice_audit")).content.decode()
    assert "Rollen gesetzt" in page
    assert "Kim Administrator" in page


def test_the_audit_trail_names_the_thing_and_leads_to_it(office: Office, administrator: Client) -> None:
    """A clerk reads what was changed, not the first letters of a UUID."""
    booking = office.book()
    typed = {"expected_version": booking.version, "reason": "Das Haus ist belegt.", "module": ""}
    administrator.post(reverse("backoffice_decline", args=[booking.uuid]), typed)
    page = administrator.get(reverse("backoffice_audit")).content.decode()
    assert f"Buchung {booking.number}" in page
    assert reverse("backoffice_booking", args=[booking.uuid]) in page
    assert f"Buchung {str(booking.uuid)[:8]}" not in page


def test_what_a_key_may_do_changes_and_is_noted(office: Office, administrator: Client) -> None:
    key, secret = create_api_key("Webseite", ["read"], actor=SYSTEM)
    page = reverse("backoffice_api_key", args=[key.id])
    assert page in administrator.get(reverse("backoffice_api_keys")).content.decode()
    assert administrator.get(page).status_code == 200
    answer = administrator.post(page, {"name": "Plan", "scopes": ["bookings.read", "read"]})
    assert answer.status_code == 302
    changed = api_key_by_secret(secret)
    assert (changed.name, changed.scopes) == ("Plan", ("bookings.read", "read"))
    entry = audit_rows()[0]
    assert (entry.action, entry.data["scopes_before"]) == ("api_key.changed", ["read"])
    assert entry.actor_label == "Kim Administrator"


@pytest.mark.parametrize(
    "typed", [{"name": "x"}, {"name": "", "scopes": ["read"]}, {"name": "x", "scopes": ["root"]}]
)
def test_a_key_without_name_or_right_is_refused(
    office: Office, administrator: Client, typed: dict[str, object]
) -> None:
    key, _secret = create_api_key("Webseite", ["read"], actor=SYSTEM)
    assert administrator.post(reverse("backoffice_api_key", args=[key.id]), typed).status_code == 422
    assert api_keys()[0].scopes == ("read",)


def test_a_revoked_key_stays_as_it_is(office: Office, administrator: Client) -> None:
    key, _secret = create_api_key("Webseite", ["read"], actor=SYSTEM)
    revoke_api_key(key.id, actor=SYSTEM)
    page = reverse("backoffice_api_key", args=[key.id])
    answer = administrator.post(page, {"name": "x", "scopes": ["bookings.write"]})
    assert answer.status_code == 422
    assert "gesperrt" in answer.content.decode()
    assert api_keys()[0].scopes == ("read",)
    assert administrator.get(reverse("backoffice_api_key", args=[key.id + 9])).status_code == 404
