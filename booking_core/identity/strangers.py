"""People without an account among the parties: find one by address, make one unless there is one.

Not here: who may be found by an address, and the lock under which one is made (``parties``). Both statements are
written out: every booking asks the first, and making somebody new needs no look before and after.
"""

from typing import Any

from django.db import connection

from booking_core.identity.models import Party

# lower(): the index of the addresses. Addresses are stored in small letters, so both conditions mean the same.
_FOUND = "kind = 'person' AND lower(email) = %s AND email = %s AND user_id IS NULL"


def known_stranger(address: str, *, locks: bool) -> Party | None:
    """The first person without an account at this address, in small letters; with ``locks`` kept until the end."""
    sql = f"SELECT * FROM identity_party WHERE {_FOUND} ORDER BY id LIMIT 1"  # noqa: S608 — a constant
    return next(iter(Party.objects.raw(sql + " FOR NO KEY UPDATE" * locks, [address, address])), None)


def insert_stranger(party: Party) -> Party | None:
    """Store a person without an account unless there is one at the address by now; None where there is.

    One statement. Only the caller's lock on the address makes it certain that nobody else stores one at this moment.
    """
    fields = [field for field in Party._meta.local_concrete_fields if not field.primary_key]
    values: list[Any] = [
        field.get_db_prep_save(field.pre_save(party, add=True), connection) for field in fields
    ]
    names = ", ".join(str(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = (
        f"INSERT INTO identity_party ({names}) SELECT {places}"  # noqa: S608 — names of our own model
        f" WHERE NOT EXISTS (SELECT FROM identity_party WHERE {_FOUND}) RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, party.email, party.email])
        made = cursor.fetchone()
    if made is None:
        return None
    party.pk, party._state.adding, party._state.db = made[0], False, connection.alias
    return party
