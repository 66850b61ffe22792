"""Every test here stands in an empty town."""

import pytest

from tenants.models import Tenant


@pytest.fixture(autouse=True)
def _in_town(town: Tenant) -> None:
    """``town`` sets the schema and rolls everything back."""
