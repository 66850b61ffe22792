"""Staff limited to one location send every form of the back office with things of another place: nothing changes.

The forms are those a colleague without limits sees, sent as they stand. Not here: reading (``test_locations``).
Seen red before ``series_new`` had ``_check_places``: whoever knew the address of a hold could book it; with every
resource to choose from in ``moves.move``; without both the member's own places and ``access_location`` in
``closures.new_closure``; and without ``access_location`` in ``catalogue.location_of``.
"""

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from tests.isolation.foreign_things import Things, things
from tests.isolation.harvest import forms_of
from tests.isolation.routes import Route, all_routes
from tests.web.backoffice.conftest import Office, office

__all__ = ["office", "things"]

pytestmark = pytest.mark.django_db
LIMITED = ("clerk", "treasurer", "caretaker", "reader")
#: Pages about the whole town, whatever a member looks after: drafts of ordinances, what it owes the partnership.
OF_THE_TOWN = ("verwaltung/ordnungen/", "verwaltung/rechner/", "verwaltung/verbund/")
#: What must change something when a colleague without limits sends it; otherwise the test would prove nothing.
BITES = {
    "confirm", "decline", "ask", "booking_note", "booking_details", "booking_cancel", "booking_move",
    "booking_swap_with", "closure_new", "closure_lift", "party", "party_billing", "party_mandate_end",
    "series_new", "series_who", "series_confirmation", "date_cancel", "date_move", "waiting_remove",
    "resource", "resource_new", "resource_parts", "resource_tariff", "resource_photo_change", "resource_hours",
    "location", "location_hours", "location_special_day_delete",
}  # fmt: skip
Attempt = tuple[str, dict[str, list[str]]]


def _open_to_them(route: Route) -> bool:
    roles = route.access.roles if route.access else frozenset()
    is_office = route.pattern.startswith("verwaltung/") and not route.pattern.startswith(OF_THE_TOWN)
    return is_office and bool(roles & set(LIMITED))


def _pages(things: Things) -> list[str]:
    routes = [route for route in all_routes(settings.ROOT_URLCONF) if _open_to_them(route)]
    assert len(routes) > 80
    return [*(route.address(**known) for route in routes for known in things.readings(route)), *things.pages]


def _attempts(client: Client, things: Things) -> Iterator[Attempt]:
    """Every form on every page, once; then what stands on a page only after a first answer."""
    seen = set()
    for page in dict.fromkeys(_pages(things)):
        answer = client.get(page)
        if answer.status_code in {200, 409, 422} and answer["Content-Type"].startswith("text/html"):
            for form in forms_of(page, answer.content.decode()):
                for filling in form.fillings(things.answers):
                    key = (form.address, urlencode(filling, doseq=True))
                    if form.address.startswith("/verwaltung/") and key not in seen:
                        seen.add(key)
                        yield form.address, filling
    yield from things.second_steps


def _state() -> str:
    """One digest over all rows of the town but sessions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        digests = ", ".join(
            f"(SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM \"{name}\" t)"  # noqa: S608 — the catalogue's own names
            for (name,) in cursor.fetchall()
            if name != "django_session"
        )
        cursor.execute(f"SELECT concat_ws(' ', {digests})")
        return str(cursor.fetchone()[0])


def _changes(client: Client, attempt: Attempt, before: str) -> bool:
    """Whether the town is another one after this; it is put back."""
    with transaction.atomic():
        answer = client.post(*attempt)
        assert answer.status_code < 500, attempt
        changed = _state() != before
        transaction.set_rollback(True)
    return changed


def test_no_form_reaches_another_place(office: Office, things: Things) -> None:
    boss = office.client("administrator", "treasurer")
    here = office.client(*LIMITED, location_ids=(things.own_location,))
    attempts, before = list(_attempts(boss, things)), _state()
    assert [attempt for attempt in attempts if _changes(here, attempt, before)] == []
    toothless = {f"backoffice_{name}" for name in BITES}
    for attempt in attempts:
        name = resolve(urlsplit(attempt[0]).path).url_name
        if name in toothless and _changes(boss, attempt, before):
            toothless.remove(name)
    assert toothless == set()
