"""The outbox: a message is a row in the sender's transaction before it is anything else.

Not here: what a message says (``messaging.composing``), how it travels (``messaging.delivery``).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    WAITING = "waiting", _("wartet")
    SENT = "sent", _("gesendet")
    FAILED = "failed", _("gescheitert")


class OutboxMessage(models.Model):
    """A mail, complete as it will be sent, or with all its words are written from (``unwritten``), which goes when
    they are. ``attachments`` is a list of {name, type, text} or, for the PDF of an invoice, {name, type, invoice}.

    ``subject_type``/``subject_id`` name what it is about, for the history in the back office.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    recipient = models.EmailField(max_length=254)
    sender_name = models.CharField(max_length=200)
    reply_to = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="de")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    unwritten = models.JSONField(null=True, blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["subject_type", "subject_id"], name="outbox_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.uuid}"
