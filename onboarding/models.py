"""A sign-up under way: what a town has answered so far, in the public schema.

Not here: the town itself (``tenants.Tenant``), which is born when the sign-up is sent.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class SignUpState(models.TextChoices):
    OPEN = "open", _("begonnen")
    SENT = "sent", _("abgeschickt")
    DONE = "done", _("fertig")


class SignUp(models.Model):
    """One run through the wizard. ``answers`` holds each step's cleaned values under the step's name.

    ``email_verified_at`` belongs to ``email`` as it is now; changing the address clears it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=5, choices=SignUpState.choices, default=SignUpState.OPEN)
    answers = models.JSONField(default=dict)
    email = models.EmailField(max_length=254, blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    tenant = models.OneToOneField(
        Tenant, null=True, blank=True, on_delete=models.SET_NULL, related_name="sign_up"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(email_verified_at__isnull=False),
                name="sign_up_sent_is_verified",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
