"""Master test (ii): every route × role × host. Who is declared gets an answer, everyone else none.

Seen red with ``_staff_only`` of ``AccessMiddleware`` made to pass.
"""

import pytest
from django.conf import settings

from booking_core.identity.models import Role
from tenants.access import API_KEY, EVERYONE, SIGNED_IN, STAFF
from tenants.access import OPERATOR as OPERATORS
from tenants.models import Tenant
from tests.conftest import client_of_host
from tests.isolation.people import (
    ANONYMOUS,
    CITIZEN,
    OPERATOR,
    TOWN_ROLES,
    visitor_of,
    visitor_of_main_host,
)
from tests.isolation.routes import Route, all_routes

pytestmark = pytest.mark.django_db
TOWN_ROUTES = all_routes(settings.ROOT_URLCONF)
MAIN_ROUTES = all_routes(settings.PUBLIC_SCHEMA_URLCONF)
_LEAVES = {"/konto/logout/"}  # asking for it may end the session the test needs


def is_let_in(route: Route, role: str) -> bool:
    """What the declaration says about this visitor."""
    assert route.access is not None
    roles = route.access.roles
    if roles & (EVERYONE | API_KEY):
        return True
    if roles & SIGNED_IN:
        return role != ANONYMOUS
    return role in roles if role in Role.values else role == OPERATOR and bool(roles & OPERATORS)


def _is_closed(status: int, location: str) -> bool:
    """Forbidden, or sent to sign in."""
    return status == 403 or (status == 302 and location.startswith("/konto/login/?next="))


def _answers(routes: tuple[Route, ...], client: object) -> dict[str, tuple[int, str]]:
    answers = {}
    for route in routes:
        address = route.address()
        if address not in _LEAVES:
            answer = client.get(address)  # type: ignore[attr-defined]
            answers[route.pattern] = (answer.status_code, answer.headers.get("Location", ""))
    return answers


@pytest.mark.parametrize("role", TOWN_ROLES)
def test_routes_of_a_town(role: str, tenant_a: Tenant) -> None:
    answers = _answers(TOWN_ROUTES, visitor_of(tenant_a, role))
    declared = {route.pattern: route for route in TOWN_ROUTES}
    assert len(answers) > 60
    wrong = {}
    for pattern, (status, location) in answers.items():
        route = declared[pattern]
        own = route.access is not None and bool(route.access.roles & (STAFF | SIGNED_IN))
        if own and _is_closed(status, location) == is_let_in(route, role):
            wrong[pattern] = (status, location)
        assert status < 500, (pattern, status)
    assert wrong == {}


@pytest.mark.parametrize("role", [ANONYMOUS, CITIZEN, OPERATOR])
def test_routes_of_the_main_host(role: str) -> None:
    answers = _answers(MAIN_ROUTES, visitor_of_main_host(role))
    declared = {route.pattern: route for route in MAIN_ROUTES}
    wrong = {}
    for pattern, (status, location) in answers.items():
        route = declared[pattern]
        own = route.access is not None and bool(route.access.roles & (OPERATORS | SIGNED_IN))
        if own and _is_closed(status, location) == is_let_in(route, role):
            wrong[pattern] = (status, location)
        assert status < 500, (pattern, status)
    assert wrong == {}


@pytest.mark.parametrize("role", ["administrator", CITIZEN])
def test_people_of_a_are_nobody_in_b(role: str, tenant_a: Tenant, tenant_b: Tenant) -> None:
    """The same answers as a stranger gets, on every route, with the session of the neighbour."""
    name = settings.SESSION_COOKIE_NAME
    known, intruder, stranger = (
        visitor_of(tenant_a, role),
        visitor_of(tenant_b, ANONYMOUS),
        visitor_of(tenant_b, ANONYMOUS),
    )
    intruder.cookies[name] = known.cookies[name].value
    closed = tuple(route for route in TOWN_ROUTES if route.access and not route.access.roles & EVERYONE)
    assert _answers(closed, intruder) == _answers(closed, stranger)


def test_a_hosts_routes_are_not_on_the_other(tenant_a: Tenant) -> None:
    """An address of one host alone is not there on the other, whoever asks."""
    town, main = visitor_of(tenant_a, "administrator"), visitor_of_main_host(OPERATOR)
    in_town = {route.pattern for route in TOWN_ROUTES}
    on_main = {route.pattern for route in MAIN_ROUTES}
    assert [p for p in ("betrieb/", "anmelden/") if p in in_town] == []
    for address in ("/betrieb/", "/betrieb/protokoll/", "/anmelden/"):
        assert town.get(address).status_code == 404
    for address in ("/verwaltung/", "/verwaltung/buchungen/", "/willkommen/", "/marke.css"):
        assert address.strip("/") + "/" not in on_main
        assert main.get(address).status_code == 404


def test_an_unknown_host_has_no_routes() -> None:
    client = client_of_host("nobody.biletado.localhost")
    for route in (*TOWN_ROUTES, *MAIN_ROUTES):
        assert client.get(route.address()).status_code == 404
