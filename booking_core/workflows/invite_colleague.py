"""Invite someone into the back office: an account with roles, and the mail that says so.

Not here: changing roles later (``identity.services.set_roles``).
"""

from collections.abc import Iterable

from django.db import transaction

from booking_core.identity.contracts import Actor
from booking_core.identity.services import invite_staff
from booking_core.messaging.composing_access import staff_invited
from booking_core.messaging.outbox import queue_mail
from tenants.links import tenant_origin


@transaction.atomic
def invite_colleague(
    *, email: str, name: str, roles: Iterable[str], location_ids: Iterable[int] = (), actor: Actor
) -> None:
    """Make the account and queue the invitation. Raises InvalidInput, RoleUnknown, LastAdministrator."""
    user = invite_staff(email=email, name=name, roles=roles, location_ids=location_ids, actor=actor)
    queue_mail(
        staff_invited(
            recipient=user.email,
            name=user.name,
            inviter=actor.label,
            link=f"{tenant_origin()}/verwaltung/",
            language=user.language,
        )
    )
