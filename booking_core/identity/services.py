"""Writes about staff: roles, invitations, the audit trail. Parties are in ``parties``, keys in ``api_keys``."""

from collections.abc import Iterable, Mapping

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.errors import LastAdministrator, RoleUnknown
from booking_core.identity.models import AuditEntry, Role, StaffRole, User
from booking_core.kernel.errors import InvalidInput, NotFound


def audit(
    action: str,
    *,
    actor: Actor,
    subject_type: str = "",
    subject_id: object = "",
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append one line to the audit trail of the current schema. Call inside the transaction it reports on."""
    AuditEntry.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        reason=reason,
        data=dict(data or {}),
    )


@transaction.atomic
def create_account(
    *, email: str, name: str = "", password: str | None = None, verified: bool = False
) -> User:
    """The account with this address, made if it does not exist; ``verified`` marks the address as proven.

    Somebody may have registered the address before without ever proving it, with a password of their own. Such a
    password is taken away, so that being invited does not open the account to whoever chose it.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise InvalidInput(_("Geben Sie eine gültige E-Mail-Adresse ein."), field="email") from fault
    user = User.objects.select_for_update().filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, password, name=name)
    elif verified and not EmailAddress.objects.filter(user=user, email=address, verified=True).exists():
        user.set_password(password)
        user.save(update_fields=["password"])
    if verified:
        EmailAddress.objects.update_or_create(
            user=user, email=address, defaults={"verified": True, "primary": True}
        )
    return user


@transaction.atomic
def set_roles(user_id: int, roles: Iterable[str], *, location_ids: Iterable[int] = (), actor: Actor) -> None:
    """Give an account exactly these roles, for these locations (none: all). No roles removes it from the staff.

    Raises RoleUnknown, LastAdministrator, InvalidInput (an administrator limited to locations), NotFound.
    """
    wanted, places = set(roles), sorted(set(location_ids))
    if unknown := wanted - set(Role.values):
        raise RoleUnknown(
            _("Diese Rolle gibt es nicht: %(role)s") % {"role": ", ".join(sorted(unknown))}, field="roles"
        )
    if Role.ADMINISTRATOR in wanted and places:
        raise InvalidInput(
            _("Die Administration gilt immer für alle Standorte. Lassen Sie die Standorte frei."),
            field="location_ids",
        )
    if not User.objects.filter(pk=user_id).exists():
        raise NotFound(_("Dieses Konto gibt es nicht."))
    # Two administrators who remove each other at once wait here; the second one sees that the first is gone.
    administrators = (
        StaffRole.objects.select_for_update(of=("self",))
        .order_by("pk")
        .filter(role=Role.ADMINISTRATOR, user__is_active=True)
    )
    others = [row for row in administrators if row.user_id != user_id]
    if Role.ADMINISTRATOR not in wanted and not others:
        raise LastAdministrator(
            _("Mindestens ein Konto muss die Administration behalten. Geben Sie die Rolle zuerst weiter."),
            field="roles",
        )
    StaffRole.objects.filter(user_id=user_id).exclude(role__in=wanted).delete()
    for role in sorted(wanted):
        StaffRole.objects.update_or_create(
            user_id=user_id, role=role, defaults={"location_ids": places, "granted_by_id": actor.user_id}
        )
    audit(
        "staff.roles_set",
        actor=actor,
        subject_type="user",
        subject_id=user_id,
        data={"roles": sorted(wanted), "location_ids": places},
    )


@transaction.atomic
def invite_staff(
    *, email: str, name: str, roles: Iterable[str], location_ids: Iterable[int] = (), actor: Actor
) -> User:
    """Make an account with roles. It signs in by a code sent to its address; the caller queues the invitation."""
    wanted = list(roles)
    if not wanted:
        raise InvalidInput(_("Wählen Sie mindestens eine Rolle."), field="roles")
    user = create_account(email=email, name=name, verified=True)
    set_roles(user.pk, wanted, location_ids=location_ids, actor=actor)
    return user
