"""What use cases remember of themselves: answers to repeated requests.

Not here: the things the use cases change.
"""

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer once given to an ``Idempotency-Key``; the same key with the same body gets it again."""

    caller = models.CharField(max_length=60, help_text="Who used the key: api key or session")
    key = models.CharField(max_length=120)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0, help_text="0 while the first request is under way")
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="idempotent_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.caller}: {self.key}"
