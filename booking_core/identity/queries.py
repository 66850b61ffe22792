"""Reads about people: staff, parties, accounts, the audit trail. Writes are in ``services`` and its neighbours."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from booking_core.identity.contracts import (
    AuditRow,
    MemberView,
    PartyView,
    StaffMember,
    StaffRow,
)
from booking_core.identity.models import AuditEntry, BillingRhythm, Membership, Party, Role, StaffRole
from booking_core.kernel.errors import NotFound


def staff_member(user_id: int) -> StaffMember | None:
    """The roles of an account in this town; None where it has none. One statement."""
    rows = list(StaffRole.objects.filter(user_id=user_id, user__is_active=True).select_related("user"))
    if not rows:
        return None
    unlimited = any(not row.location_ids for row in rows)
    places = frozenset() if unlimited else frozenset(place for row in rows for place in row.location_ids)
    user = rows[0].user
    return StaffMember(user.pk, user.name, user.email, frozenset(row.role for row in rows), places)


def staff_members() -> tuple[StaffRow, ...]:
    """All staff by name; one statement."""
    by_user: dict[int, list[StaffRole]] = defaultdict(list)
    rows = StaffRole.objects.filter(user__is_active=True).select_related("user").order_by("role")
    for row in rows:
        by_user[row.user_id].append(row)
    staff = (_staff_row(roles) for roles in by_user.values())
    return tuple(sorted(staff, key=lambda row: (row.name.lower() or row.email, row.user_id)))


def _staff_row(roles: list[StaffRole]) -> StaffRow:
    user = roles[0].user
    places = (
        ()
        if any(not role.location_ids for role in roles)
        else tuple(sorted({place for role in roles for place in role.location_ids}))
    )
    return StaffRow(
        user_id=user.pk,
        name=user.name,
        email=user.email,
        roles=tuple(role.role for role in roles),
        role_labels=tuple(str(Role(role.role).label) for role in roles),
        location_ids=places,
        last_login=user.last_login,
    )


def parties(*, text: str = "", ids: Collection[int] | None = None, limit: int = 500) -> tuple[PartyView, ...]:
    """Parties whose name or address contains ``text``, by name; ``ids``: only those, None: all."""
    found = Party.objects.all() if ids is None else Party.objects.filter(pk__in=ids)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return tuple(party_view(party) for party in found.order_by("name", "id")[:limit])


def party_by_uuid(uuid: UUID) -> PartyView:
    """Raises NotFound."""
    party = Party.objects.filter(uuid=uuid).first()
    if party is None:
        raise NotFound(_("Diese Person oder Organisation gibt es nicht."))
    return party_view(party)


def is_billed_collectively(party_id: int) -> bool:
    """Whether the party gets one invoice for many bookings. One statement."""
    return Party.objects.filter(pk=party_id, billing_rhythm__in=BillingRhythm.collective()).exists()


def members_of(party_uuid: UUID) -> tuple[MemberView, ...]:
    """The accounts that book for an organisation, those to be checked first. One statement."""
    rows = Membership.objects.filter(organisation__uuid=party_uuid).select_related("user")
    return tuple(
        MemberView(row.user_id, row.user.name, row.user.email, row.created_at, row.confirmed_at)
        for row in rows.order_by(F("confirmed_at").desc(nulls_first=True), "pk")
    )


def party_view(party: Party) -> PartyView:
    """The values of ``party`` that leave the room."""
    return PartyView(
        id=party.pk,
        uuid=party.uuid,
        kind=party.kind,
        kind_label=str(party.get_kind_display()),
        name=party.name,
        email=party.email,
        phone=party.phone,
        street=party.street,
        postal_code=party.postal_code,
        city=party.city,
        customer_group=party.customer_group,
        group_verified_at=party.group_verified_at,
        is_resident=party.is_resident,
        is_registered=party.is_registered,
        staff_note=party.staff_note,
        user_id=party.user_id,
        billing_rhythm=party.billing_rhythm,
        billing_label=str(party.get_billing_rhythm_display()),
    )


def audit_rows(*, subject_type: str = "", subject_id: str = "", limit: int = 200) -> tuple[AuditRow, ...]:
    """The newest entries of the audit trail, newest first."""
    rows = AuditEntry.objects.all()
    if subject_type:
        rows = rows.filter(subject_type=subject_type, subject_id=subject_id)
    return tuple(
        AuditRow(row.at, row.actor_label, row.action, row.subject_type, row.subject_id, row.reason, row.data)
        for row in rows[:limit]
    )
