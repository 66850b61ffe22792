"""Writes of a town's public facts from inside the town: name, look, legal texts, how it books.

Not here: states and domains of towns (``operator_console``), birth (``provisioning``).
"""

import secrets
from typing import cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tenants.context import current_tenant, in_public
from tenants.middleware import forget_tenant
from tenants.models import Tenant

CHANGEABLE = frozenset({
    "official_name", "short_name", "street", "postal_code", "city", "contact_name", "contact_email",
    "contact_phone", "brand_colour", "logo", "tagline", "imprint", "privacy", "accessibility_statement",
    "auto_confirm", "guests_allowed", "school_holidays", "waiting_offer_hours", "unused_dates_limit",
})  # fmt: skip
_LOOK = frozenset({"brand_colour", "logo"})


@transaction.atomic
def update_tenant(tenant_id: int, **fields: object) -> Tenant:
    """Change facts of a town and forget what is cached of it. Raises ValueError for a fact that is not changeable.

    A new colour or logo counts ``brand_version`` up, so that browsers fetch the new look.
    """
    if unknown := fields.keys() - CHANGEABLE:
        raise ValueError(f"not changeable from inside a town: {sorted(unknown)}")
    with in_public():
        tenant = cast(Tenant, Tenant.objects.select_for_update().get(pk=tenant_id))
        if any(getattr(tenant, name) != fields[name] for name in _LOOK & fields.keys()):
            tenant.brand_version += 1
        for name, value in fields.items():
            setattr(tenant, name, value)
        tenant.save()
    transaction.on_commit(lambda: _forget(tenant))
    return tenant


def keep_logo(png: bytes) -> str:
    """Store the current town's new logo and return its path, a name nobody can guess from the old one's."""
    path = f"marke/{secrets.token_hex(8)}.png"
    return str(default_storage.save(path, ContentFile(png)))


def _forget(tenant: Tenant) -> None:
    with in_public():
        forget_tenant(tenant)


def changeable_facts() -> dict[str, object]:
    """The changeable facts of the current town as they stand in the registry, past any cache."""
    tenant_id = current_tenant().pk
    with in_public():
        tenant = Tenant.objects.get(pk=tenant_id)
    return {name: getattr(tenant, name) for name in CHANGEABLE}
