"""What operators do: suspend and resume towns, make operators. Each action needs a reason and leaves a line."""

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit, create_account
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from operator_console.models import Operator
from tenants.middleware import forget_tenant
from tenants.models import Tenant, TenantState


class WrongState(BookingError):
    """The town is not in the state this action starts from."""

    code = "wrong-state"


def suspend_town(tenant_id: int, *, reason: str, actor: Actor) -> None:
    """Close a town's site for everyone; its data stay. Raises InvalidInput, NotFound, WrongState."""
    _switch(tenant_id, TenantState.LIVE, TenantState.SUSPENDED, reason=reason, actor=actor)


def resume_town(tenant_id: int, *, reason: str, actor: Actor) -> None:
    """Open a suspended town's site again. Raises InvalidInput, NotFound, WrongState."""
    _switch(tenant_id, TenantState.SUSPENDED, TenantState.LIVE, reason=reason, actor=actor)


@transaction.atomic
def _switch(tenant_id: int, before: str, after: str, *, reason: str, actor: Actor) -> None:
    if not reason.strip():
        raise InvalidInput(_("Geben Sie einen Grund an. Er steht im Protokoll."), field="reason")
    town = Tenant.objects.select_for_update().filter(pk=tenant_id).first()
    if town is None:
        raise NotFound(_("Diese Kommune gibt es nicht."))
    if town.state != before:
        raise WrongState(
            _("%(town)s ist inzwischen %(state)s.")
            % {"town": town.short_name, "state": town.get_state_display()}
        )
    kept = reason.strip() if after == TenantState.SUSPENDED else ""
    Tenant.objects.filter(pk=tenant_id).update(state=after, suspended_reason=kept)
    action = "town.suspended" if after == TenantState.SUSPENDED else "town.resumed"
    audit(action, actor=actor, subject_type="town", subject_id=tenant_id, reason=reason.strip())
    transaction.on_commit(lambda: forget_tenant(town))


@transaction.atomic
def make_operator(email: str, *, name: str, password: str | None = None, actor: Actor) -> None:
    """Give an account on the main host the console. Without a second factor it still cannot enter."""
    user = create_account(email=email, name=name, password=password, verified=True)
    Operator.objects.get_or_create(user=user)
    audit("operator.made", actor=actor, subject_type="user", subject_id=user.pk)
