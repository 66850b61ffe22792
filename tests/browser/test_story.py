"""The main job from end to end, in a real browser, with Borgstedt's real ordinance.

Sign-up → schema → room → a citizen searches, sees the price and books → a clerk confirms → the mail with the calendar
file → the time is no longer offered → a second try is refused with a clear sentence.
"""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from infra.embedded.mail_store import StoredMail
from tests.browser.axe import check_page
from tests.browser.stack import Stack

pytestmark = pytest.mark.browser

ADMINISTRATOR = "amtsleitung@borgstedt.example"
CITIZEN = "erika.mustermann@example.org"
WAIT_FOR_BIRTH_MS = 60_000


def code_in(mail: StoredMail) -> str:
    """The code of a code mail: six digits, or letters and digits in two groups."""
    found = re.search(r"^\s*(\d{3} ?\d{3}|[A-Z0-9]{3,4}-[A-Z0-9]{3,4})\s*$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found.group(1)


def saturday() -> date:
    """A Saturday about five weeks ahead, away from both clock changes."""
    day = date.today() + timedelta(days=35)  # noqa: DTZ011 — a day far enough ahead in any zone
    day += timedelta(days=(5 - day.weekday()) % 7)
    return day + timedelta(days=14) if day.month in {3, 10} else day


def go_on(page: Page) -> None:
    """Let axe see the page as it was filled in, then press the one button that leads on."""
    check_page(page)
    page.get_by_role("button", name=re.compile("^(Weiter|Prüfen|Code prüfen|Bestätigen)")).first.click()


def test_a_municipality_signs_itself_up(stack: Stack, page: Page) -> None:
    page.goto(stack.origin() + "/")
    check_page(page)
    page.get_by_role("link", name="Mitmachen").first.click()
    page.get_by_role("button", name="Los geht’s").click()
    page.locator("label", has_text="Gemeinde oder Stadt").click()
    go_on(page)
    page.get_by_label("Amtlicher Name").fill("Gemeinde Borgstedt")
    page.get_by_label("Kurzer Name").fill("Borgstedt")
    go_on(page)
    page.get_by_label("Gemeindeschlüssel").fill("01058026")
    go_on(page)
    page.get_by_label("Straße und Hausnummer").fill("Dorfstraße 1")
    page.get_by_label("Postleitzahl").fill("24794")
    page.get_by_label("Ort", exact=True).fill("Borgstedt")
    page.get_by_label("E-Mail-Adresse für Bürgerinnen und Bürger").fill("gemeinde@borgstedt.example")
    go_on(page)
    page.get_by_label("Ihr Name").fill("Anke Amtsleitung")
    page.get_by_label("E-Mail").fill(ADMINISTRATOR)
    go_on(page)
    page.get_by_label("Code").fill(code_in(stack.wait_for_mail(ADMINISTRATOR, "code")))
    go_on(page)
    expect(page.get_by_label("Adresse Ihrer Seite")).to_have_value("borgstedt")
    go_on(page)
    go_on(page)
    page.locator("label", has_text="Eine Satzung aus der Sammlung").click()
    page.locator("select[name=library]").select_option("borgstedt-doerpshus")
    page.get_by_label("Wie heißt das Haus?").fill("Uns Dörpshus")
    go_on(page)
    expect(page.get_by_text("Alle Beispiele kommen auf den Cent genau heraus.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Weiter").click()
    go_on(page)
    page.locator("input[name=accepted_by]").fill("Anke Amtsleitung")
    page.get_by_role("checkbox").check(force=True)
    go_on(page)
    check_page(page)
    page.get_by_role("button", name="Seite jetzt einrichten").click()
    ready = page.get_by_role("link", name="Zur neuen Seite")
    expect(ready).to_be_visible(timeout=WAIT_FOR_BIRTH_MS)
    check_page(page)
    ready.click()
    expect(page.get_by_role("heading", name="Willkommen, Borgstedt!")).to_be_visible()
    assert page.url.startswith(stack.origin("borgstedt"))
    check_page(page)


def test_a_citizen_finds_the_hall_sees_the_price_and_asks_for_it(stack: Stack, page: Page) -> None:
    day = saturday()
    page.goto(stack.origin("borgstedt") + "/")
    check_page(page)
    _search(page, day)
    check_page(page)
    hit = _fitting(page, "Großer Saal")
    expect(hit).to_contain_text("90,00 €")
    hit.get_by_role("link").first.click()
    _to_the_booking_form(page)
    expect(page.locator("#preis")).to_contain_text("90,00 €")
    expect(page.locator("#preis")).to_contain_text("180,00 €")
    check_page(page)
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.locator("input[name=title]").fill("Geburtstag von Erika")
    page.locator("input[name=name]").fill("Erika Mustermann")
    page.locator("input[name=email]").fill(CITIZEN)
    page.locator("input[name=street]").fill("Musterweg 3")
    page.locator("input[name=postal_code]").fill("24794")
    page.locator("input[name=city]").fill("Borgstedt")
    check_page(page)
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.locator("input[name=code]").fill(code_in(stack.wait_for_mail(CITIZEN, "code")))
    check_page(page)
    page.locator("main form button[type=submit]").first.click()
    check_page(page)
    expect(page.locator("main")).to_contain_text("90,00 €")
    page.get_by_role("button", name="Anfrage senden").click()
    check_page(page)
    expect(page.locator("main")).to_contain_text(re.compile("Verwaltung prüft|Wie es weitergeht"))
    asked = stack.wait_for_mail(CITIZEN, "nfrage")
    assert "90,00" in asked.text


def test_the_clerk_confirms_and_the_mail_brings_the_calendar_file(stack: Stack, page: Page) -> None:
    sign_in_by_code(stack, page, ADMINISTRATOR)
    page.goto(stack.origin("borgstedt") + "/verwaltung/eingang/")
    check_page(page)
    page.get_by_role("link", name=re.compile("Geburtstag von Erika")).first.click()
    expect(page.locator("main")).to_contain_text("90,00 €")
    check_page(page)
    page.get_by_role("button", name=re.compile("^Bestätigen")).click()
    check_page(page)
    mail = stack.wait_for_mail(CITIZEN, "estätig")
    (file,) = [part for part in mail.attachments if part.content_type == "text/calendar"]
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event.start.date() == saturday()
    assert (event.start.hour, event.end.hour) == (11, 11)


def test_the_time_is_taken_now_and_a_second_try_is_refused_in_a_sentence(stack: Stack, page: Page) -> None:
    """Seen red with the booking's rows of ``Occupancy`` deleted: the hall is offered again."""
    day = saturday()
    page.goto(stack.origin("borgstedt") + "/")
    _search(page, day)
    expect(_fitting(page, "Kleiner Saal")).to_be_visible()
    expect(_fitting(page, "Großer Saal")).to_have_count(0)
    page.goto(stack.origin("borgstedt") + f"/raum/grosser-saal/?woche={day.isoformat()}")
    times = page.locator(f"main a[href*='/buchen/'][href*='tag={day - timedelta(days=1)}']")
    expect(times.first).to_be_visible()
    expect(page.locator(f"main a[href*='/buchen/'][href*='tag={day}'][href*='von=11']")).to_have_count(0)
    page.goto(
        stack.origin("borgstedt")
        + f"/buchen/grosser-saal/?tag={day.isoformat()}&von=11:00&bis=11:00&gruppe=private&zweck=private_event"
    )
    expect(page.locator("#preis")).to_contain_text("Zu dieser Zeit ist Großer Saal nicht frei.")
    before = page.url
    page.get_by_role("button", name="Weiter", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Diese Zeit ist inzwischen vergeben. Bitte wählen Sie eine andere."
    )
    assert page.url == before
    check_page(page)


def _search(page: Page, day: date) -> None:
    """Look for something from 11 on ``day`` until 11 the next day, as a private person."""
    page.locator("input[name=tag]").fill(day.isoformat())
    page.locator("input[name=von]").fill("11:00")
    page.locator("input[name=bis]").fill("11:00")
    page.locator("select[name=gruppe]").select_option("private")
    page.get_by_role("button", name="Suchen").click()


def _fitting(page: Page, name: str) -> Locator:
    """The hit of this name among those that fit exactly; not among what is also possible at other times."""
    page.get_by_role("heading", level=2, name=re.compile("Treffer$")).wait_for()
    fitting = page.locator("main ul.b-cards--list:not(h2:has-text('Auch möglich') ~ ul) > li")
    return fitting.filter(has=page.get_by_role("heading", name=name, exact=True))


def _to_the_booking_form(page: Page) -> None:
    """From wherever a hit leads to the form with the wish filled in."""
    if "/buchen/" not in page.url:
        page.get_by_role("link", name=re.compile("[Bb]uchen|nfragen")).first.click()
    page.locator("select[name=gruppe], input[name=gruppe]").first.wait_for()
    purpose = page.locator("select[name=zweck]")
    if purpose.count():
        purpose.select_option("private_event")
    page.get_by_role("button", name="Preis berechnen").click()


def sign_in_by_code(stack: Stack, page: Page, email: str) -> None:
    """Sign in with the code that is mailed; there is no password yet."""
    page.goto(stack.origin("borgstedt") + "/konto/login/code/")
    page.locator("input[name=email]").fill(email)
    before = stack.newest_mail()
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").fill(code_in(stack.wait_for_mail(email, "Ihr Code", after=before)))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/verwaltung/"))
