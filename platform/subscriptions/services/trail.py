"""Who changed what about a town's fee: a line for the operators, and one in the town where the town did it itself.

Not here: how lines are shown (``operator_console``, the back office's trail).
"""

from collections.abc import Mapping

from django.db import transaction

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from tenants.context import has_tenant, in_public


@transaction.atomic
def record(
    action: str,
    tenant_id: int,
    *,
    actor: Actor,
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append the lines. Call where the actor's account is: accounts of a town are unknown in the public schema."""
    known = actor
    if has_tenant():
        audit(action, actor=actor, subject_type="fee", reason=reason, data=data)
        known = Actor(actor.label)
    with in_public():
        audit(action, actor=known, subject_type="town", subject_id=tenant_id, reason=reason, data=data)
