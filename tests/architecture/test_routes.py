"""Law 5: every URL says in which schema it answers and who may come in; an undeclared one fails the build."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from booking_core.identity.models import Role
from config.middleware.access import AccessMiddleware
from tenants.access import API_KEY, EVERYONE, OPERATOR, SIGNED_IN, STAFF, Access, door
from tests.isolation.routes import Route, _walk, all_routes

URLCONFS = [settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF]
KNOWN_ROLES = EVERYONE | SIGNED_IN | STAFF | OPERATOR | API_KEY


def undeclared(routes: tuple[Route, ...]) -> list[str]:
    """The routes that do not say who may use them."""
    return [route.pattern for route in routes if route.access is None]


def _view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("anyone can read this")


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_every_route_is_declared(urlconf: str) -> None:
    routes = all_routes(urlconf)
    assert len(routes) > 10
    assert undeclared(routes) == []


def test_an_undeclared_route_is_found() -> None:
    routes = tuple(
        _walk([path("offen/", _view), door("zu/", _view, name="x", schema="both", roles=STAFF)], "", ())
    )
    assert undeclared(routes) == ["offen/"]


def test_an_undeclared_route_is_not_answered_either() -> None:
    middleware = AccessMiddleware(lambda _request: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="undeclared"):
        middleware.process_view(RequestFactory().get("/offen/"), _view, (), {})


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_every_declaration_names_known_roles_and_its_own_host(urlconf: str) -> None:
    own = "tenant" if urlconf == settings.ROOT_URLCONF else "public"
    for route in all_routes(urlconf):
        access = route.access
        assert isinstance(access, Access), route.pattern
        assert access.roles, route.pattern
        assert access.roles <= KNOWN_ROLES, route.pattern
        assert access.schema in {own, "both"}, route.pattern


def test_the_roles_of_doors_are_the_roles_of_people() -> None:
    assert set(Role.values) == STAFF


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_names_are_unique(urlconf: str) -> None:
    """Two routes of one name would let ``reverse`` choose; the same name with other parameters is one route."""
    ours = [route for route in all_routes(urlconf) if route.view.__module__.split(".")[0] != "allauth"]
    seen = [(route.name, route.converters) for route in ours if route.name]
    assert sorted(seen) == sorted(set(seen))
