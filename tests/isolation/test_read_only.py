"""A town that may only be read: every route refuses what would change something, or is named with its reason.

Seen red on 1 December 2026: without the middleware in the settings; with one name added to ``STILL_OPEN`` that no
route has; without the guard in ``occupy``.
"""

from collections.abc import Iterator

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from booking_core.reservations.drafts import items_of
from booking_core.reservations.errors import TownReadOnly
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.holds import hold
from booking_core.reservations.services.transactions import with_retries
from config.middleware.read_only import STARTS_SOMETHING, STILL_OPEN, is_still_open
from tenants.context import in_public, in_tenant
from tenants.models import Standing, Tenant
from tenants.tasks import TenantTask
from tests.factories.bookings import NOW, ahead, make_booking
from tests.factories.catalogue import CLERK, make_room
from tests.isolation.people import ANONYMOUS, visitor_of
from tests.isolation.routes import Route, all_routes

pytestmark = pytest.mark.django_db
ROUTES = all_routes(settings.ROOT_URLCONF)
_ALL = pytest.mark.slow
#: Background work of a town, and whether it may go on while the town is read-only.
TASKS = {
    "booking_core.messaging.tasks.deliver_waiting": "mails of what was agreed go out",
    "booking_core.reservations.tasks.release_stale_holds": "only gives time back",
    "booking_core.workflows.tasks.check_domains": "looks whether own addresses are still the town's",
    "booking_core.workflows.tasks.forget_answers": "only deletes what is kept no longer",
    "booking_core.workflows.tasks.look_after_payments": "money that is on its way arrives or goes back",
    "booking_core.workflows.tasks.settle_payments": "likewise",
    "booking_core.workflows.tasks.remind_clubs": "mails of running bookings",
    "booking_core.workflows.tasks.bill_clubs_now": "",  # writes invoices: rests, and catches up
    "booking_core.workflows.tasks.bill_ended": "",  # likewise
    "booking_core.workflows.tasks.simulate": "finishes what was started; it changes no booking and tells nobody",
    "booking_core.workflows.tasks.send_reminders": "finishes what a treasurer has started; asks for money that is owed",
    "booking_core.workflows.tasks.serve_waiting": "",  # makes offers: rests
}


@pytest.fixture
def closed(tenant_a: Tenant) -> Iterator[Tenant]:
    with in_public():
        Tenant.objects.filter(pk=tenant_a.pk).update(standing=Standing.READ_ONLY)
    cache.clear()
    tenant_a.standing = Standing.READ_ONLY
    yield tenant_a


def _is_refused(client: Client, method: str, route: Route) -> bool:
    answer = getattr(client, method)(route.address())
    if answer.status_code != 403:
        return False
    text = answer.content.decode()
    if route.pattern.startswith("api/"):
        return bool(answer["Content-Type"] == "application/problem+json" and '"town-read-only"' in text)
    return "Zurzeit nur zum Lesen" in text


@pytest.mark.parametrize(
    "method",
    [
        "post",
        pytest.param("put", marks=_ALL),
        pytest.param("patch", marks=_ALL),
        pytest.param("delete", marks=_ALL),
    ],
)
def test_every_route_refuses_changes_or_is_named_with_its_reason(closed: Tenant, method: str) -> None:
    """As an administrator, whom no other rule stops."""
    client = visitor_of(closed, "administrator")
    refusing = [route for route in ROUTES if not is_still_open(route.name)]
    assert len(refusing) > 100
    assert [route.pattern for route in refusing if not _is_refused(client, method, route)] == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_interface_refuses_every_method_that_changes(closed: Tenant, method: str) -> None:
    client = visitor_of(closed, ANONYMOUS)
    refusing = [r for r in ROUTES if r.pattern.startswith("api/") and not is_still_open(r.name)]
    assert [route.pattern for route in refusing if not _is_refused(client, method, route)] == []


def test_what_stays_open_is_not_stopped_by_this_door(closed: Tenant) -> None:
    client = visitor_of(closed, "administrator")
    for route in ROUTES:
        if route.name in STILL_OPEN:
            assert "Zurzeit nur zum Lesen" not in client.post(route.address()).content.decode(), route.name


def test_exceptions_are_few_named_and_explained() -> None:
    names = {route.name for route in ROUTES}
    assert STILL_OPEN.keys() <= names
    assert names >= STARTS_SOMETHING
    assert all(reason.strip() for reason in STILL_OPEN.values())
    assert len(STILL_OPEN) < 30


def _plain_routes() -> list[Route]:
    leaving = ("account_log",)  # asking for these may end the session the test needs
    return [
        r for r in ROUTES if r.is_plain and r.name not in STARTS_SOMETHING and not r.name.startswith(leaving)
    ]


@_ALL
def test_an_administrator_reads_and_downloads_everything(closed: Tenant) -> None:
    visitor = visitor_of(closed, "administrator")
    answers = {route.name: visitor.get(route.address()).status_code for route in _plain_routes()}
    own = {name: status for name, status in answers.items() if not is_still_open(name)}
    assert [name for name, status in own.items() if status in {403, 500}] == []


@pytest.mark.parametrize(
    "role",
    ["citizen", *(pytest.param(one, marks=_ALL) for one in
                  ("administrator", "clerk", "caretaker", "treasurer", "reader", ANONYMOUS))],
)  # fmt: skip
def test_every_page_can_still_be_read(closed: Tenant, role: str) -> None:
    """The same answers as in an open town, but for the pages that begin something."""
    visitor = visitor_of(closed, role)
    now = {route.name: visitor.get(route.address()).status_code for route in _plain_routes()}
    with in_public():
        Tenant.objects.filter(pk=closed.pk).update(standing=Standing.NORMAL)
    cache.clear()
    assert now == {route.name: visitor.get(route.address()).status_code for route in _plain_routes()}


def test_pages_that_begin_something_say_so_before_anybody_types(closed: Tenant) -> None:
    client = visitor_of(closed, "administrator")
    for route in ROUTES:
        if route.name in STARTS_SOMETHING:
            answer = client.get(route.address())
            assert answer.status_code == 403, route.name
            assert "Zurzeit nur zum Lesen" in answer.content.decode()


def test_strangers_are_sent_to_sign_in_first(closed: Tenant) -> None:
    answer = visitor_of(closed, ANONYMOUS).post("/verwaltung/angebote/neu/")
    assert answer["Location"].startswith("/konto/login/")


def test_an_open_town_takes_changes_as_ever(tenant_a: Tenant) -> None:
    client = visitor_of(tenant_a, "administrator")
    assert "Zurzeit nur zum Lesen" not in client.post("/verwaltung/standorte/neu/").content.decode()


def test_nobody_takes_time_behind_the_doors_but_giving_it_back_goes_on(tenant_a: Tenant) -> None:
    with in_tenant(tenant_a):
        room = make_room()
        booking = make_booking(room, ahead(8, 9))
        tenant_a.standing = Standing.READ_ONLY
        with pytest.raises(TownReadOnly):
            hold(items_of([room.id], [ahead(10, 12)]), request={})
        with pytest.raises(TownReadOnly):
            make_booking(room, ahead(13, 14))
        gone = with_retries(transition)(booking.uuid, "cancelled", actor=CLERK, expected_version=1, now=NOW)
        assert gone.state == "cancelled"


def test_every_task_is_known_and_what_creates_rests(closed: Tenant) -> None:
    import config.celery_app  # noqa: F401 — registers every task

    current_app.loader.import_default_modules()
    ours = {
        name: task for name, task in current_app.tasks.items() if not name.startswith(("celery.", "tests."))
    }
    tasks = {name: task for name, task in ours.items() if isinstance(task, TenantTask)}
    assert set(tasks) == set(TASKS)
    assert {name for name, task in tasks.items() if task.creates} == {
        n for n, why in TASKS.items() if not why
    }


def test_a_task_that_creates_rests_and_works_again(closed: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    from booking_core.workflows import tasks

    monkeypatch.setattr(tasks, "serve_waiting_list", lambda **_: 7)
    with in_tenant(closed):
        assert tasks.serve_waiting() is None
        closed.standing = Standing.NORMAL
        assert tasks.serve_waiting() == 7
