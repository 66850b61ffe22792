"""What no page expects, in every parameter of every plain page: an answer, never a crash, and never as markup.

Not here: the interface (tests/api/test_bad_input.py), the steps of booking (tests/web/citizen).
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import MAIN_HOST, client_of_host
from tests.web.backoffice.conftest import Office, clerk, office
from tests.web.backoffice.test_every_page import PAGES

__all__ = ["clerk", "office"]
pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script>"
STRANGE = {
    "a NUL byte": "a\0b",
    "a huge number": "9" * 40,
    "below zero": "-1",
    "no number": "NaN",
    "markup": MARKUP,
    "very long": "ä" * 500,
    "a day that is none": "2026-02-30",
    "the last day of all": "9999-12-31",
    "the first day of all": "0001-01-01",
    "other digits": "١٢٣",
    "a path": "../../etc/passwd",
}
WORST = ("a NUL byte", "a huge number", "markup", "the last day of all")
PARAMETERS = (
    "q", "state", "resource", "location", "first_on", "last_on", "page", "seite", "tag", "von", "bis", "bis_tag",
    "gruppe", "zweck", "personen", "menge", "woche", "ansicht", "halten", "standort", "resource_ids", "quantity",
    "start_on_0", "start_time_0", "end_on_0", "end_time_0", "day", "kind", "art", "sprache", "mail", "next",
    "ausstattung", "zugang", "version", "von_mal", "bis_mal", "monat", "domain",
)  # fmt: skip
CITIZEN = ("/", "/suche/", "/meine-buchungen/", "/konto/login/", "/konto/signup/", "/impressum/", "/api/")
MAIN = ("/", "/anmelden/", "/anmelden/fortsetzen/", "/konto/login/", "/vereinbarung/", "/zertifikat/")


def ask(client: Client, path: str, value: str) -> list[str]:
    """What is wrong with the answer."""
    answer = client.get(path, dict.fromkeys(PARAMETERS, value))
    faults = [f"{path}: {answer.status_code}"] if answer.status_code >= 500 else []
    return faults + ([f"{path}: markup"] if MARKUP in answer.content.decode(errors="replace") else [])


def plain_pages(office: Office) -> list[tuple[Client, str]]:
    """Who asks for which page."""
    staff, stranger = office.client("administrator"), client_of_host(MAIN_HOST)
    citizen = client_of_host(f"{office.town.slug}.{MAIN_HOST}")
    own = (*CITIZEN, f"/raum/{office.saal.slug}/", f"/buchen/{office.saal.slug}/")
    return [
        *((staff, reverse(name, urlconf="config.urls_tenant")) for name, _roles in PAGES),
        *((citizen, path) for path in own),
        *((stranger, path) for path in MAIN),
    ]


@pytest.mark.parametrize("value", [STRANGE[name] for name in WORST], ids=WORST)
def test_every_plain_page_bears_the_worst(office: Office, value: str) -> None:
    assert [fault for client, path in plain_pages(office) for fault in ask(client, path, value)] == []


def test_every_plain_page_bears_one_of_the_others(office: Office) -> None:
    """They take turns from page to page; ``make prove`` asks every page with each."""
    others = [value for name, value in STRANGE.items() if name not in WORST]
    asked = ((*page, others[number % len(others)]) for number, page in enumerate(plain_pages(office)))
    assert [fault for client, path, value in asked for fault in ask(client, path, value)] == []


@pytest.mark.slow
@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_every_plain_page_bears_each(office: Office, value: str) -> None:
    assert [fault for client, path in plain_pages(office) for fault in ask(client, path, value)] == []


@pytest.mark.parametrize(
    "path",
    [
        "/raum/%00/", "/medien/..%2f..%2fetc/passwd", "/medien/%2e%2e/%2e%2e/etc/passwd", "/medien/marke/x%00.png",
        "/static/../manage.py", f"/raum/{'a' * 5000}/", "/meine-buchungen/keine-uuid/", f"/buchung/{'A' * 5000}/",
        "/api/v1/resources/%00/",
    ],
)  # fmt: skip
def test_strange_paths_are_not_there(office: Office, path: str) -> None:
    answer = client_of_host(f"{office.town.slug}.{MAIN_HOST}").get(path)
    assert answer.status_code in {400, 404}
    assert b"root:" not in b"".join(answer) if answer.streaming else b"root:" not in answer.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_strange_methods_change_nothing(office: Office, method: str) -> None:
    staff = office.client("administrator")
    answers = {
        name: staff.generic(method, reverse(name, urlconf="config.urls_tenant")).status_code
        for name, _roles in PAGES
    }
    assert {name: code for name, code in answers.items() if code >= 500} == {}
