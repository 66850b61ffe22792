"""The way of an operator through the real sign-in pages: password, second factor, console."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import User
from operator_console.services import make_operator
from tests.conftest import MAIN_HOST, client_of_host
from tests.web.operator.test_console import _sign_in

EMAIL, PASSWORD = "betrieb@partnerschaft.example", "ein langes Kennwort"
PERIOD = 30
ACTIVATE = "/konto/2fa/totp/activate/"


@pytest.fixture
def operator(db: None) -> User:
    make_operator(EMAIL, name="Olga Operator", password=PASSWORD, actor=SYSTEM)
    return User.objects.get(email=EMAIL)


def _code(secret: str) -> str:
    """What an authenticator app shows now; the note of codes used before is forgotten, as half a minute would do."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def _password(client: Client, following: str = "/betrieb/") -> str:
    """Sign in with the password; the path the answer leads to."""
    answer = client.post(f"/konto/login/?next={following}", {"login": EMAIL, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return urlsplit(answer["Location"]).path


def _set_up(client: Client) -> str:
    """Activate the app through its pages, as somebody who came from the console; the secret."""
    assert _password(client) == "/betrieb/"
    answer = client.get("/betrieb/")
    assert answer["Location"] == "/konto/2fa/"
    page = client.get(ACTIVATE, follow=True)
    if page.redirect_chain:
        assert "/reauthenticate/" in page.redirect_chain[-1][0]
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    done = client.post(ACTIVATE, {"code": _code(secret)})
    assert done.status_code == 302, re.findall(r"error[^<]*<[^<]*", done.content.decode())
    return str(secret)


def test_after_setting_up_the_app_the_operator_gets_in_without_signing_in_again(
    main_client: Client, operator: User
) -> None:
    secret = _set_up(main_client)
    answer = main_client.get("/betrieb/protokoll/")
    assert answer.status_code == 302
    assert answer["Location"] == "/konto/2fa/reauthenticate/?next=%2Fbetrieb%2Fprotokoll%2F"
    assert main_client.get(answer["Location"]).status_code == 200
    back = main_client.post(answer["Location"], {"code": _code(secret), "next": "/betrieb/protokoll/"})
    assert back["Location"] == "/betrieb/protokoll/"
    assert main_client.get("/betrieb/protokoll/").status_code == 200


def test_password_and_code_open_the_console(main_client: Client, operator: User) -> None:
    secret = _set_up(main_client)
    client = client_of_host(MAIN_HOST)
    assert _password(client) == "/konto/2fa/authenticate/"
    assert client.get("/betrieb/").status_code == 302
    answer = client.post("/konto/2fa/authenticate/", {"code": _code(secret)})
    assert answer["Location"] == "/betrieb/"
    assert client.get("/betrieb/").status_code == 200


def test_the_password_alone_does_not(main_client: Client, operator: User) -> None:
    _set_up(main_client)
    client = client_of_host(MAIN_HOST)
    _password(client)
    answer = client.get("/betrieb/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


def test_a_wrong_code_does_not(main_client: Client, operator: User) -> None:
    secret = _set_up(main_client)
    client = client_of_host(MAIN_HOST)
    _password(client)
    wrong = f"{(int(_code(secret)) + 500_000) % 1_000_000:06}"
    assert client.post("/konto/2fa/authenticate/", {"code": wrong}).status_code == 200
    assert client.get("/betrieb/").status_code == 302


def test_a_recovery_code_opens_it_once(main_client: Client, operator: User) -> None:
    _set_up(main_client)
    stored = Authenticator.objects.get(user=operator, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(stored).get_unused_codes()[0]
    first, second = client_of_host(MAIN_HOST), client_of_host(MAIN_HOST)
    _password(first)
    assert first.post("/konto/2fa/authenticate/", {"code": code})["Location"] == "/betrieb/"
    assert first.get("/betrieb/").status_code == 200
    _password(second)
    assert second.post("/konto/2fa/authenticate/", {"code": code}).status_code == 200
    assert second.get("/betrieb/").status_code == 302


def test_a_proof_of_yesterday_is_asked_for_again(main_client: Client, operator: User) -> None:
    _set_up(main_client)
    _sign_in(main_client, EMAIL, "password", "mfa", hours_ago=11.9)
    assert main_client.get("/betrieb/").status_code == 200
    _sign_in(main_client, EMAIL, "password", "mfa", hours_ago=12.1)
    assert main_client.get("/betrieb/")["Location"].startswith("/konto/2fa/reauthenticate/")


def test_the_proof_of_another_account_in_the_same_browser_does_not_count(
    main_client: Client, operator: User
) -> None:
    make_operator("zweite@partnerschaft.example", name="Olaf", actor=SYSTEM)
    _sign_in(main_client, EMAIL, "mfa")
    session = main_client.session
    session["account_authentication_methods_user"] = str(operator.pk + 1)
    session.save()
    assert main_client.get("/betrieb/").status_code == 302
