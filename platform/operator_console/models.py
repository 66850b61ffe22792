"""Operators of the partnership. What they did is in the audit trail of the public schema (``identity.AuditEntry``)."""

from django.db import models

from booking_core.identity.models import User


class Operator(models.Model):
    """An account on the main host that may use the operator console."""

    # Accounts exist in every schema, operators only in public: Django must not look for them
    # when it deletes an account.
    user = models.OneToOneField(User, on_delete=models.DO_NOTHING, related_name="operator")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user_id)
