"""The pulse of background work: scheduler and workers leave it, the probe ``/healthz`` looks for it.

Not here: the work itself (``tenants.tasks``, each room's ``tasks``).
"""

from django.core.cache import cache

from tenants.context import in_public

_KEY = "background-pulse"
_LASTS_SECONDS = 300  # ten sweeps of the outboxes


def note_background() -> None:
    """Leave the pulse: the scheduler sent a task, and a worker did it."""
    with in_public():
        cache.set(_KEY, 1, _LASTS_SECONDS)


def is_background_alive() -> bool:
    """Whether a pulse was left within five minutes; False where Redis does not answer."""
    with in_public():
        return bool(cache.get(_KEY))
