"""API keys: shown once, stored as a digest, limited to scopes.

Not here: what each address of the interface needs (``api.permissions``). Active keys are kept in memory like other
facts of the town; a key that is made, changed or revoked makes every process read them anew, and so does time.
"""

import hashlib
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.identity.contracts import Actor, ApiKeyView
from booking_core.identity.errors import KeyRefused
from booking_core.identity.models import ApiKey
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.context import current_schema
from tenants.town_facts import TownMemory, town_facts_changed

SCOPES = {
    "read": gettext_lazy("Angebote, freie Zeiten und Preise lesen"),
    "bookings.read": gettext_lazy("Buchungen lesen"),
    "bookings.write": gettext_lazy("Buchungen anlegen und stornieren"),
}
_LONGEST_NAME = 100
_USED_RESOLUTION = timedelta(minutes=10)
_KEPT_SECONDS = 30  # so long at most a revoked key could go on if Redis lost that it was revoked
_MOST_NOTED = 10_000
_memory: TownMemory[Mapping[str, ApiKeyView]] = TownMemory(most_things=2_000)
_noted: dict[tuple[str, int], datetime] = {}  # when this process last wrote that a key is in use


@transaction.atomic
def create_api_key(
    name: str, scopes: list[str], *, actor: Actor, expires_at: datetime | None = None
) -> tuple[ApiKeyView, str]:
    """Make a key; the second value is the secret, which nobody can see again."""
    _refuse_unfit(name, scopes)
    prefix = "bil_" + secrets.token_hex(4)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name.strip(),
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(scopes),
        created_by_id=actor.user_id,
        expires_at=expires_at,
    )
    town_facts_changed()
    audit(
        "api_key.created",
        actor=actor,
        subject_type="api_key",
        subject_id=key.pk,
        data={"scopes": sorted(scopes)},
    )
    return key_view(key), secret


@transaction.atomic
def change_api_key(key_id: int, name: str, scopes: list[str], *, actor: Actor) -> ApiKeyView:
    """Change what an active key is called and may do, from its next request on; the secret stays.

    Raises NotFound, InvalidInput (also for a key that has ended).
    """
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound(_("Diesen Schlüssel gibt es nicht."))
    if key.revoked_at is not None:
        raise InvalidInput(_("Dieser Schlüssel ist gesperrt. Legen Sie einen neuen an."))
    _refuse_unfit(name, scopes)
    before = sorted(key.scopes)
    key.name, key.scopes = name.strip(), sorted(set(scopes))
    key.save(update_fields=["name", "scopes"])
    town_facts_changed()
    audit(
        "api_key.changed",
        actor=actor,
        subject_type="api_key",
        subject_id=key.pk,
        data={"scopes_before": before, "scopes": key.scopes},
    )
    return key_view(key)


def _refuse_unfit(name: str, scopes: list[str]) -> None:
    if not name.strip():
        raise InvalidInput(_("Geben Sie dem Schlüssel einen Namen."), field="name")
    if len(name.strip()) > _LONGEST_NAME:
        raise InvalidInput(_("Der Name hat höchstens 100 Zeichen."), field="name")
    if not scopes or set(scopes) - set(SCOPES):
        raise InvalidInput(_("Wählen Sie mindestens ein Recht aus der Liste."), field="scopes")


@transaction.atomic
def revoke_api_key(key_id: int, *, actor: Actor) -> None:
    """End a key at once; ending it twice changes nothing. Raises NotFound."""
    if not ApiKey.objects.filter(pk=key_id).exists():
        raise NotFound(_("Diesen Schlüssel gibt es nicht."))
    if ApiKey.objects.filter(pk=key_id, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        town_facts_changed()
        audit("api_key.revoked", actor=actor, subject_type="api_key", subject_id=key_id)


def api_key_by_secret(secret: str) -> ApiKeyView:
    """The active key with this secret; no statement where the town's keys are in memory. Raises KeyRefused."""
    now, digest = timezone.now(), _digest(secret)
    known = _memory.recall(str(int(time.monotonic() // _KEPT_SECONDS)), _active_keys)
    key = (_active_keys(digest=digest) if known is None else known).get(digest)
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        raise KeyRefused(_("Dieser API-Schlüssel gilt nicht (mehr)."))
    _note_use(key, now)
    return key


def _active_keys(**wanted: str) -> dict[str, ApiKeyView]:
    """Keys that are not revoked, by digest; whether they have expired is asked with every use."""
    return {key.digest: key_view(key) for key in ApiKey.objects.filter(revoked_at__isnull=True, **wanted)}


def _note_use(key: ApiKeyView, now: datetime) -> None:
    """Write down every ten minutes that the key is in use."""
    place, long_ago = (current_schema(), key.id), now - _USED_RESOLUTION
    last = max(filter(None, (key.last_used_at, _noted.get(place))), default=None)
    if last is not None and last > long_ago:
        return
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[place] = now
    is_old = Q(last_used_at__isnull=True) | Q(last_used_at__lte=long_ago)
    ApiKey.objects.filter(is_old, pk=key.id).update(last_used_at=now)


def api_keys() -> tuple[ApiKeyView, ...]:
    """All keys, the newest first."""
    return tuple(key_view(key) for key in ApiKey.objects.order_by("-id"))


def key_view(key: ApiKey) -> ApiKeyView:
    """The values of ``key`` that leave the room."""
    return ApiKeyView(
        key.pk,
        key.name,
        key.prefix,
        tuple(key.scopes),
        key.created_at,
        key.expires_at,
        key.last_used_at,
        key.revoked_at,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
