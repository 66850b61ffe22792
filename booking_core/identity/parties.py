"""Parties: the people and organisations that book. Bookings keep their own copy of the contact."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.models import BillingRhythm, Membership, Party, PartyKind, User
from booking_core.identity.services import audit
from booking_core.identity.strangers import insert_stranger, known_stranger
from booking_core.kernel.errors import InvalidInput, NotFound


@transaction.atomic(savepoint=False)
def party_for(
    *,
    name: str,
    email: str,
    phone: str = "",
    street: str = "",
    postal_code: str = "",
    city: str = "",
    organisation_name: str = "",
    user_id: int | None = None,
) -> Party:
    """The party these contact data belong to, made if it is new. Known parties keep what a clerk has proven.

    Without ``user_id`` the caller vouches for the address (a guest proved it, a clerk or the town's own software
    typed it) and it finds the party. An account may type any address, so only its own, proven one finds a party;
    what it books for under other addresses becomes a party of its own. Booking for an organisation makes the
    account a member of it, which means nothing until ``confirm_member``.

    The party stays locked until the transaction ends: two bookings of one person at the same moment find the same
    party, also where it is new, and what one uses the next is held against. Taken before any unit; a booking only
    refers to the party, so nothing else waits for it. One statement where the party is known.
    """
    who = _Who(email.strip().lower(), user_id, locks=True)
    details = {"phone": phone, "street": street, "postal_code": postal_code, "city": city}
    organisation = organisation_name.strip()
    known = _known_organisation(who, organisation) if organisation else _known_person(who)
    if known is None:
        _one_at_a_time(who)
    if organisation:
        return _organisation(who, organisation, details, known=known)
    return _person(who, name.strip(), details, known=known)


def _one_at_a_time(who: "_Who") -> None:
    """Keep out whoever else is about to make a party of this address; then look again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))",
            [f"party {who.address}"],
        )


def known_party_id(*, email: str, organisation_name: str = "", user_id: int | None = None) -> int | None:
    """The party ``party_for`` would find for these contact data; None where it would make a new one."""
    who = _Who(email.strip().lower(), user_id)
    name = organisation_name.strip()
    if not who.address and user_id is None:
        return None
    party = _known_organisation(who, name) if name else _known_person(who)
    return party.pk if party else None


def lock_party(party_id: int) -> None:
    """Let one booking of a party after the other be held against what it has used; taken before bookings and units.

    Booking only refers to the party, so nothing else waits for it.
    """
    lock_parties([party_id])


def lock_parties(party_ids: Collection[int]) -> None:
    """The same for many, in the order of their ids."""
    rows = Party.objects.select_for_update(no_key=True).filter(pk__in=party_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Who:
    address: str
    user_id: int | None
    locks: bool = False  # keep the party that is found until the transaction ends

    def has_proven_address(self) -> bool:
        """Whether a known party may be found by the address."""
        return self.user_id is None or User.objects.filter(pk=self.user_id, email=self.address).exists()


def _organisation(who: _Who, name: str, details: dict[str, str], *, known: Party | None) -> Party:
    party = known or _known_organisation(who, name)
    if party is None:
        kind = PartyKind.ORGANISATION
        party = Party.objects.create(kind=kind, name=name, email=who.address, **details)
    if who.user_id is not None:
        Membership.objects.get_or_create(user_id=who.user_id, organisation=party)
    return party


def _person(who: _Who, name: str, details: dict[str, str], *, known: Party | None) -> Party:
    if known is None and who.user_id is None:
        party = insert_stranger(Party(name=name, email=who.address, **details))
        return party or _person(who, name, details, known=known_stranger(who.address, locks=who.locks))
    party = known or _known_person(who)
    if party is None:
        return Party.objects.create(name=name, email=who.address, user_id=who.user_id, **details)
    if who.user_id is not None and party.user_id is None:
        Party.objects.filter(pk=party.pk).update(user_id=who.user_id)
        party.user_id = who.user_id
    return party


def _known_organisation(who: _Who, name: str) -> Party | None:
    kind = PartyKind.ORGANISATION
    party = None
    if who.user_id is not None:
        party = _known(who, kind=kind, name__iexact=name, memberships__user_id=who.user_id)
    if party is None and who.has_proven_address():
        party = _known(who, kind=kind, name__iexact=name, email=who.address)
    return party


def _known_person(who: _Who) -> Party | None:
    kind = PartyKind.PERSON
    party = _known(who, kind=kind, user_id=who.user_id) if who.user_id is not None else None
    if party is None and who.has_proven_address():
        party = known_stranger(who.address, locks=who.locks)
    return party


def _known(who: _Who, **conditions: object) -> Party | None:
    found = Party.objects.filter(**conditions).order_by("id")
    return (found.select_for_update(of=("self",), no_key=True) if who.locks else found).first()


@transaction.atomic
def confirm_member(uuid: UUID, user_id: int, *, actor: Actor) -> None:
    """Record that a clerk has checked: this account may act for this organisation. Twice changes nothing.

    Raises NotFound.
    """
    member = _membership(uuid, user_id)
    if member.confirmed_at is None:
        Membership.objects.filter(pk=member.pk).update(confirmed_at=timezone.now())
        audit("party.member_confirmed", actor=actor, subject_type="party", subject_id=uuid,
              data={"user_id": user_id})  # fmt: skip


@transaction.atomic
def remove_member(uuid: UUID, user_id: int, *, actor: Actor) -> None:
    """End it that an account acts for an organisation; its bookings stay as they are. Raises NotFound."""
    _membership(uuid, user_id).delete()
    audit("party.member_removed", actor=actor, subject_type="party", subject_id=uuid,
          data={"user_id": user_id})  # fmt: skip


def _membership(uuid: UUID, user_id: int) -> Membership:
    member = (
        Membership.objects.select_for_update(of=("self",))
        .filter(organisation__uuid=uuid, user_id=user_id)
        .first()
    )
    if member is None:
        raise NotFound(_("Dieses Konto gehört nicht zu dieser Organisation."))
    return member


@transaction.atomic
def set_party_facts(
    uuid: UUID,
    *,
    customer_group: str,
    is_resident: bool,
    is_registered: bool,
    staff_note: str,
    actor: Actor,
) -> None:
    """Record what a clerk has checked: group, residence, registration. An empty group takes the proof away."""
    party = Party.objects.select_for_update().filter(uuid=uuid).first()
    if party is None:
        raise NotFound(_("Diese Person oder Organisation gibt es nicht."))
    changed = customer_group != party.customer_group or party.group_verified_at is None
    party.customer_group = customer_group
    if changed:
        party.group_verified_at = timezone.now() if customer_group else None
    party.is_resident, party.is_registered, party.staff_note = is_resident, is_registered, staff_note
    party.save()
    audit(
        "party.facts_set",
        actor=actor,
        subject_type="party",
        subject_id=uuid,
        data={"customer_group": customer_group, "is_resident": is_resident, "is_registered": is_registered},
    )


@transaction.atomic
def set_billing_rhythm(uuid: UUID, rhythm: str, *, actor: Actor) -> None:
    """Say whether a party gets an invoice per booking or one for many. Raises NotFound, InvalidInput."""
    if rhythm not in BillingRhythm.values:
        raise InvalidInput(_("Diese Auswahl gibt es nicht."), field="rhythm")
    if not Party.objects.filter(uuid=uuid).update(billing_rhythm=rhythm):
        raise NotFound(_("Diese Person oder Organisation gibt es nicht."))
    audit("party.billing_set", actor=actor, subject_type="party", subject_id=uuid, data={"rhythm": rhythm})
