"""Parties: the people and organisations that book. Bookings keep their own copy of the contact."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.models import Membership, Party, PartyKind
from booking_core.identity.services import audit
from booking_core.kernel.errors import NotFound


@transaction.atomic
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

    A person is known by the account or, without one, by the address; an organisation by name and address.
    """
    address = email.strip().lower()
    details = {"phone": phone, "street": street, "postal_code": postal_code, "city": city}
    if organisation_name:
        party = _known(kind=PartyKind.ORGANISATION, name__iexact=organisation_name.strip(), email=address)
        if party is None:
            party = Party.objects.create(
                kind=PartyKind.ORGANISATION, name=organisation_name.strip(), email=address, **details
            )
        if user_id is not None:
            Membership.objects.get_or_create(user_id=user_id, organisation=party)
        return party
    party = _known(kind=PartyKind.PERSON, user_id=user_id) if user_id is not None else None
    party = party or _known(kind=PartyKind.PERSON, email=address, user_id=None)
    if party is None:
        return Party.objects.create(name=name.strip(), email=address, user_id=user_id, **details)
    if user_id is not None and party.user_id is None:
        Party.objects.filter(pk=party.pk).update(user_id=user_id)
        party.user_id = user_id
    return party


def _known(**conditions: object) -> Party | None:
    return Party.objects.filter(**conditions).order_by("id").first()


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
