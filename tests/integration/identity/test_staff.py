"""Staff: roles, invitations, and that a town never loses its last administrator."""

import pytest
from allauth.account.models import EmailAddress

from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.errors import LastAdministrator, RoleUnknown
from booking_core.identity.models import AuditEntry, Role, StaffRole, User
from booking_core.identity.queries import staff_member, staff_members
from booking_core.identity.services import create_account, invite_staff, set_roles
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally


@pytest.fixture
def boss(town: Tenant) -> User:
    return invite_staff(
        email="chefin@example.org", name="Chris Chefin", roles=[Role.ADMINISTRATOR], actor=SYSTEM
    )


def test_an_invited_colleague_has_roles_and_places(boss: User) -> None:
    clerk = invite_staff(
        email="Carla@Example.org ", name="Carla Clerk", roles=["clerk", "treasurer"], location_ids=[7, 3, 7],
        actor=Actor("Chris Chefin", boss.pk, by_staff=True),
    )  # fmt: skip
    member = staff_member(clerk.pk)
    assert member is not None
    assert (member.email, member.roles, member.location_ids) == (
        "carla@example.org", {"clerk", "treasurer"}, {3, 7},
    )  # fmt: skip
    assert member.may_see_location(3)
    assert not member.may_see_location(4)
    assert [row.name for row in staff_members()] == ["Carla Clerk", "Chris Chefin"]
    entry = AuditEntry.objects.get(action="staff.roles_set", subject_id=str(clerk.pk))
    assert entry.actor_label == "Chris Chefin"
    assert entry.data == {"roles": ["clerk", "treasurer"], "location_ids": [3, 7]}


def test_setting_roles_replaces_them_and_none_removes_from_the_staff(boss: User) -> None:
    other = invite_staff(email="b@example.org", name="B", roles=["clerk", "reader"], actor=SYSTEM)
    set_roles(other.pk, ["caretaker"], actor=SYSTEM)
    member = staff_member(other.pk)
    assert member is not None
    assert member.roles == {"caretaker"}
    set_roles(other.pk, [], actor=SYSTEM)
    assert staff_member(other.pk) is None
    assert User.objects.filter(pk=other.pk).exists()


def test_one_role_without_places_means_all_places(boss: User) -> None:
    other = invite_staff(email="b@example.org", name="B", roles=["clerk"], location_ids=[3], actor=SYSTEM)
    StaffRole.objects.create(user=other, role=Role.READER)
    member = staff_member(other.pk)
    assert member is not None
    assert member.location_ids == frozenset()


@pytest.mark.parametrize(
    ("roles", "places", "error", "field"),
    [
        pytest.param(["king"], [], RoleUnknown, "roles", id="unknown role"),
        pytest.param(["administrator"], [3], InvalidInput, "location_ids", id="administrator of one place"),
    ],
)
def test_roles_that_cannot_be(
    boss: User, roles: list[str], places: list[int], error: type[BookingError], field: str
) -> None:
    other = create_account(email="b@example.org")
    with pytest.raises(error) as refusal:
        set_roles(other.pk, roles, location_ids=places, actor=SYSTEM)
    assert refusal.value.field == field
    assert staff_member(other.pk) is None


def test_an_account_that_is_not_there(boss: User) -> None:
    with pytest.raises(NotFound):
        set_roles(boss.pk + 999, ["clerk"], actor=SYSTEM)


@pytest.mark.parametrize("wanted", [[], ["clerk"]])
def test_the_last_administrator_stays(boss: User, wanted: list[str]) -> None:
    with pytest.raises(LastAdministrator):
        set_roles(boss.pk, wanted, actor=SYSTEM)
    member = staff_member(boss.pk)
    assert member is not None
    assert "administrator" in member.roles


def test_a_blocked_administrator_is_none_to_fall_back_on(boss: User) -> None:
    second = invite_staff(email="b@example.org", name="B", roles=["administrator"], actor=SYSTEM)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        set_roles(boss.pk, [], actor=SYSTEM)


def test_two_administrators_who_remove_each_other_leave_one(committed_town: Tenant) -> None:
    for round_number in range(5):
        pair = [
            invite_staff(
                email=f"{name}{round_number}@example.org", name=name, roles=["administrator"], actor=SYSTEM
            )
            for name in ("a", "b")
        ]
        StaffRole.objects.exclude(user__in=pair).delete()
        first, second = pair
        outcomes = run_together(
            committed_town,
            [
                lambda target=second: set_roles(target.pk, [], actor=SYSTEM),
                lambda target=first: set_roles(target.pk, [], actor=SYSTEM),
            ],
        )
        assert tally(outcomes) == {"won": 1, "last-administrator": 1}
        assert StaffRole.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("roles", [[]])
def test_an_invitation_needs_a_role(boss: User, roles: list[str]) -> None:
    with pytest.raises(InvalidInput):
        invite_staff(email="b@example.org", name="B", roles=roles, actor=SYSTEM)
    assert not User.objects.filter(email="b@example.org").exists()


def test_an_invitation_needs_an_address(boss: User) -> None:
    with pytest.raises(InvalidInput) as refusal:
        invite_staff(email="keine adresse", name="B", roles=["clerk"], actor=SYSTEM)
    assert refusal.value.field == "email"


def test_an_invited_account_has_no_password_and_a_proven_address(boss: User) -> None:
    assert not boss.has_usable_password()
    assert EmailAddress.objects.get(user=boss).verified


def test_inviting_takes_away_a_password_somebody_chose_without_proving_the_address(boss: User) -> None:
    """Otherwise anybody could register a colleague's address beforehand and wait for the roles."""
    squatter = create_account(email="carla@example.org", password="vorher gewählt")
    invited = invite_staff(email="carla@example.org", name="Carla", roles=["clerk"], actor=SYSTEM)
    assert invited.pk == squatter.pk
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def test_inviting_leaves_a_proven_account_its_password(boss: User) -> None:
    create_account(email="carla@example.org", password="selbst gewählt", verified=True)
    invited = invite_staff(email="carla@example.org", name="Carla", roles=["clerk"], actor=SYSTEM)
    assert invited.check_password("selbst gewählt")


def test_roles_end_at_the_towns_border(tenant_b: Tenant, boss: User) -> None:
    with in_tenant(tenant_b):
        assert staff_member(boss.pk) is None
        assert staff_members() == ()
