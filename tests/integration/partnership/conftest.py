"""Two towns: one with a published ordinance to share, one that looks for something."""

from datetime import date

import pytest

from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.services import adopt_from_library, publish_version
from partnership.sharing import share_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant


@pytest.fixture
def published(tenant_a: Tenant) -> int:
    """The id of an ordinance of town A with one version in force."""
    with in_tenant(tenant_a):
        draft = adopt_from_library("nussbaum-halle", code="halle", actor=SYSTEM)
        return publish_version(
            draft.id, valid_from=date(2026, 1, 1), council_decision="Rat vom 12.11.2025, TOP 7",
            note="Interne Bemerkung: Streit im Ausschuss", actor=SYSTEM,
        ).ordinance_id  # fmt: skip


@pytest.fixture
def slug(tenant_a: Tenant, published: int) -> str:
    """The entry of town A in the exchange."""
    with in_tenant(tenant_a):
        return share_ordinance(published, actor=SYSTEM)
