"""Accounts come and go in a town's schema, where operators do not exist."""

from booking_core.identity.models import User
from booking_core.identity.services import create_account
from tenants.models import Tenant


def test_an_account_of_a_town_can_be_deleted(town: Tenant) -> None:
    """Django would look for operators of the account in a table that only the public schema has."""
    account = create_account(email="weg@example.org", name="Willi Weg", verified=True)
    account.delete()
    assert not User.objects.filter(email="weg@example.org").exists()
