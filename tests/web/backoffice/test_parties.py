"""Who books: people and clubs as the office knows them, and who may book for a club."""

from django.test import Client
from django.urls import reverse

from booking_core.identity.parties import party_for
from booking_core.identity.queries import members_of, parties, party_by_uuid
from booking_core.identity.services import create_account
from tests.web.backoffice.conftest import Office


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
