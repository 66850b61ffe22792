"""Parties: who is recognised, what a clerk has proven, and that typing a name proves nothing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.accounts import viewer_facts
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.models import AuditEntry, Membership, Party, User
from booking_core.identity.parties import confirm_member, party_for, remove_member, set_party_facts
from booking_core.identity.queries import members_of, party_by_uuid
from booking_core.identity.services import create_account
from booking_core.kernel.errors import NotFound
from booking_core.reservations.contracts import Contact
from booking_core.reservations.queries.bookings import bookings_of
from tenants.models import Tenant
from tests.factories.bookings import hours, make_booking, make_party
from tests.factories.catalogue import make_room

CLERK = Actor("Carla Clerk (erfunden)", by_staff=True)
CLUB = "TSV Musterdorf"
CLUB_ADDRESS = "vorstand@tsv.example.org"


@pytest.fixture
def erika(town: Tenant) -> User:
    return create_account(email="erika@example.org", name="Erika Mustermann", verified=True)


@pytest.fixture
def stranger(town: Tenant) -> User:
    return create_account(email="fremd@example.org", name="Frieda Fremd", verified=True)


@pytest.fixture
def club(town: Tenant) -> Party:
    """Registered, and its group proven by a clerk."""
    party = party_for(name="Vera Vorstand", email=CLUB_ADDRESS, organisation_name=CLUB)
    _prove(party)
    return party


def _prove(party: Party) -> None:
    set_party_facts(
        party.uuid, customer_group="verein", is_resident=True, is_registered=True, staff_note="", actor=CLERK
    )


def test_a_guest_is_recognised_by_the_proven_address(town: Tenant) -> None:
    first = party_for(name="Erika Mustermann", email="Erika@Example.org")
    assert party_for(name="E. Mustermann", email="erika@example.org ").pk == first.pk
    assert party_for(name="Erika Mustermann", email="andere@example.org").pk != first.pk


def test_an_account_takes_over_what_its_own_address_booked_before(erika: User) -> None:
    guest = party_for(name="Erika", email="erika@example.org")
    assert party_for(name="Erika", email="erika@example.org", user_id=erika.pk).pk == guest.pk
    assert Party.objects.get(pk=guest.pk).user_id == erika.pk
    assert party_for(name="Erika", email="buero@example.org", user_id=erika.pk).pk == guest.pk


def test_typing_somebody_elses_address_gives_an_account_nothing_of_theirs(stranger: User) -> None:
    proven = party_for(name="Erika", email="erika@example.org")
    _prove(proven)
    mine = party_for(name="Frieda", email="erika@example.org", user_id=stranger.pk)
    assert mine.pk != proven.pk
    facts = viewer_facts(stranger.pk)
    assert facts is not None
    assert (facts.customer_group, facts.is_resident, facts.is_registered) == ("", False, False)
    assert Party.objects.get(pk=proven.pk).user_id is None


def test_a_guest_does_not_become_the_account_with_the_same_address(erika: User) -> None:
    """Whoever has not signed in gets nothing that was proven of the account."""
    own = party_for(name="Erika", email="erika@example.org", user_id=erika.pk)
    _prove(own)
    guest = party_for(name="Erika", email="erika@example.org")
    assert guest.pk != own.pk
    assert guest.customer_group == ""


@pytest.mark.parametrize("address", [CLUB_ADDRESS, "fremd@example.org"])
def test_typing_a_clubs_name_and_address_gives_no_rights(club: Party, stranger: User, address: str) -> None:
    party = party_for(name="Frieda", email=address, organisation_name=CLUB.upper(), user_id=stranger.pk)
    assert party.pk != club.pk
    facts = viewer_facts(stranger.pk)
    assert facts is not None
    assert not facts.is_registered
    assert facts.customer_group == ""
    assert members_of(club.uuid) == ()


def test_the_clubs_own_address_finds_the_club_but_rights_wait_for_a_clerk(club: Party) -> None:
    office = create_account(email=CLUB_ADDRESS, name="Vera Vorstand", verified=True)
    party = party_for(name="Vera", email=CLUB_ADDRESS, organisation_name=CLUB, user_id=office.pk)
    assert party.pk == club.pk
    facts = viewer_facts(office.pk)
    assert facts is not None
    assert not facts.is_registered
    confirm_member(club.uuid, office.pk, actor=CLERK)
    facts = viewer_facts(office.pk)
    assert facts is not None
    assert (facts.is_registered, facts.is_resident, facts.customer_group) == (True, True, "verein")
    assert AuditEntry.objects.get(action="party.member_confirmed").actor_label == CLERK.label


def test_a_member_books_for_the_club_from_any_address(club: Party) -> None:
    office = create_account(email=CLUB_ADDRESS, verified=True)
    party_for(name="Vera", email=CLUB_ADDRESS, organisation_name=CLUB, user_id=office.pk)
    again = party_for(name="Vera", email="privat@example.org", organisation_name=CLUB, user_id=office.pk)
    assert again.pk == club.pk


def test_only_confirmed_members_see_the_clubs_bookings(club: Party, stranger: User, town: Tenant) -> None:
    room: ResourceView = make_room()
    contact = Contact("Vera Vorstand", CLUB_ADDRESS, organisation_name=CLUB)
    make_booking(room, hours(10, 12), party_id=make_party(contact), contact=contact)
    Membership.objects.create(user=stranger, organisation=club)
    assert bookings_of(user_id=stranger.pk, email=stranger.email) == ()
    confirm_member(club.uuid, stranger.pk, actor=CLERK)
    assert len(bookings_of(user_id=stranger.pk, email=stranger.email)) == 1
    remove_member(club.uuid, stranger.pk, actor=CLERK)
    assert bookings_of(user_id=stranger.pk, email=stranger.email) == ()


def test_confirming_twice_keeps_the_first_time(club: Party, stranger: User) -> None:
    Membership.objects.create(user=stranger, organisation=club)
    confirm_member(club.uuid, stranger.pk, actor=CLERK)
    (first,) = members_of(club.uuid)
    confirm_member(club.uuid, stranger.pk, actor=CLERK)
    assert members_of(club.uuid) == (first,)
    assert AuditEntry.objects.filter(action="party.member_confirmed").count() == 1


def test_who_is_no_member_cannot_be_confirmed_or_removed(club: Party, stranger: User) -> None:
    with pytest.raises(NotFound):
        confirm_member(club.uuid, stranger.pk, actor=CLERK)
    with pytest.raises(NotFound):
        remove_member(club.uuid, stranger.pk, actor=CLERK)


def test_facts_are_recorded_with_their_day_and_taken_away_again(club: Party) -> None:
    shown = party_by_uuid(club.uuid)
    assert (shown.customer_group, shown.is_registered) == ("verein", True)
    assert shown.group_verified_at is not None
    _prove(club)
    assert party_by_uuid(club.uuid).group_verified_at == shown.group_verified_at
    set_party_facts(
        club.uuid,
        customer_group="",
        is_resident=False,
        is_registered=False,
        staff_note="ausgetreten",
        actor=CLERK,
    )
    cleared = party_by_uuid(club.uuid)
    assert (cleared.customer_group, cleared.group_verified_at, cleared.is_registered) == ("", None, False)
    assert cleared.staff_note == "ausgetreten"
    last = AuditEntry.objects.filter(action="party.facts_set").first()
    assert last is not None
    assert "ausgetreten" not in str(last.data)


def test_facts_of_nobody(town: Tenant) -> None:
    with pytest.raises(NotFound):
        set_party_facts(
            uuid4(), customer_group="", is_resident=False, is_registered=False, staff_note="", actor=SYSTEM
        )


def test_the_viewers_facts_cost_one_statement_however_many_parties(erika: User) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            viewer_facts(erika.pk)
        return sum("search_path" not in query["sql"] for query in asked)  # the tenant backend's own

    party_for(name="Erika", email="erika@example.org", user_id=erika.pk)
    assert statements() == 1
    for number in range(10):
        club = party_for(
            name="E", email="e@example.org", organisation_name=f"Verein {number}", user_id=erika.pk
        )
        confirm_member(club.uuid, erika.pk, actor=CLERK)
    assert statements() == 1


def test_a_blocked_account_has_no_facts(erika: User) -> None:
    User.objects.filter(pk=erika.pk).update(is_active=False)
    assert viewer_facts(erika.pk) is None
