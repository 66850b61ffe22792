"""Signing in without a password: a passkey kept by the browser, and the town's own login provider.

Not here: codes by mail (``test_story``), what protects the provider's answer (tests/integration/identity).
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import check_page
from tests.browser.stack import Stack
from tests.browser.test_story import code_in

pytestmark = pytest.mark.browser

PERSON, PASSWORD = "paula.passkey@example.org", "langes erfundenes Kennwort 7"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser with a fingerprint reader."""
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def test_a_passkey_is_kept_and_opens_the_account(stack: Stack, borgstedt: str, page: Page) -> None:
    page.goto(borgstedt + "/konto/signup/")
    page.locator("input[name=email]").fill(PERSON)
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    _send(page)
    page.locator("input[name=code]").fill(code_in(stack.wait_for_mail(PERSON, "ode")))
    _send(page)
    page.wait_for_url(lambda url: "confirm-email" not in url)

    page.goto(borgstedt + "/konto/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        check_page(page)
        page.locator("input[name=password]").fill(PASSWORD)
        _send(page)
    check_page(page)
    page.locator("input[name=name]").fill("Mein Telefon")
    passwordless = page.locator("input[name=passwordless]")
    if passwordless.count():
        passwordless.check(force=True)
    page.locator("#mfa_webauthn_add, main form button").first.click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto(borgstedt + "/konto/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Mein Telefon")

    page.goto(borgstedt + "/konto/logout/")
    _send(page)
    page.goto(borgstedt + "/konto/login/")
    page.get_by_role("button", name=re.compile("Passkey")).click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(borgstedt + "/konto/")
    expect(page.locator("main")).to_contain_text(PERSON)


PROVIDER = """
from allauth.socialaccount.models import SocialApp
from tenants.context import in_tenant
from tenants.models import Tenant
with in_tenant(Tenant.objects.get(slug="borgstedt")):
    SocialApp.objects.create(provider="openid_connect", provider_id="buergerkonto", name="Bürgerkonto",
        client_id="biletado", secret="only-in-tests", settings={{"server_url": "{issuer}", "uid_field": "sub"}})
"""


def test_the_towns_login_provider_lets_people_in(
    stack: Stack, borgstedt: str, oidc_provider: str, page: Page
) -> None:
    stack.manage("shell", "-c", PROVIDER.format(issuer=oidc_provider))
    page.request.put(
        f"{oidc_provider}/users/erna", data={"email": "erna@example.org", "email_verified": True}
    )
    blocked: list[str] = []
    page.on(
        "console",
        lambda message: blocked.append(message.text) if "Content Security" in message.text else None,
    )

    page.goto(borgstedt + "/konto/login/")
    check_page(page)
    page.get_by_text("Bürgerkonto").first.click()
    if "oidc" in page.url:
        check_page(page)
        _send(page)
    page.wait_for_url(f"{oidc_provider}/**")
    page.locator("input[name=sub]").first.fill("erna")
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(f"{borgstedt}/**")
    page.goto(borgstedt + "/konto/")
    expect(page.locator("main")).to_contain_text("erna@example.org")
    assert blocked == []


def _send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
