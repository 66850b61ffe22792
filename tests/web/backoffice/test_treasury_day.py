"""The treasurer's start page: every number equals its list, its export and the ledger; reminders sent from the page."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.models import Invoice, LedgerEntry
from booking_core.finance.queries.ages import AGES
from booking_core.finance.services import deposits, ledger
from booking_core.identity.models import StaffRole
from booking_core.messaging.models import OutboxMessage
from booking_core.workflows.reminding import send_reminder_run
from design_system.contracts import Cell, Table
from tests.factories.catalogue import CLERK
from tests.factories.finance import movement
from tests.integration.finance.conftest import Treasury, make_treasury
from tests.web.backoffice.conftest import Office

RUN_FORM = {"sent": "1"}


@pytest.fixture
def treasury(office: Office) -> Treasury:
    return make_treasury()


@pytest.fixture
def treasurer(office: Office) -> Client:
    return office.client("treasurer")


def cents(words: str) -> int:
    """ "1.234,50 €" as cents."""
    return int(re.sub(r"[^\d−-]", "", words).replace("−", "-"))


def rows(table: Table) -> dict[str, tuple[int, int, str]]:
    """Count, cents and link by label."""
    found = {}
    for head, count, amount in table.rows:
        assert isinstance(head, Cell)
        number = count.text if isinstance(count, Cell) else count
        found[head.text] = (int(number), cents(str(amount)), head.url)
    return found


def csv_cents(text: str, column: str) -> int:
    lines = [line.split(";") for line in text.lstrip("\ufeff").splitlines()]
    place = lines[0].index(column)
    return sum(cents(line[place]) for line in lines[1:])


def test_ages_add_up_to_the_ledger_and_to_their_lists(treasurer: Client, treasury: Treasury) -> None:
    """Invoices of every age, one of them paid in part. Seen red with an age that leaves out its last day."""
    for place, (late, paid) in enumerate(
        ((-5, 0), (0, 0), (1, 1000), (14, 0), (15, 0), (31, 0), (60, 0), (61, 0)), 1
    ):
        uuid = treasury.invoice(5000 + place, day=place).row.uuid
        _was_due(uuid, days_ago=late)
        if paid:
            ledger.record_payment(uuid, movement(paid), actor=CLERK, now=timezone.now())
    ages = treasurer.get(reverse("backoffice_treasury")).context["ages"]
    found = rows(ages)
    assert [count for count, _cents, _url in found.values()] == [2, 2, 1, 2, 1]
    on_the_books = LedgerEntry.objects.filter(account="fee").aggregate(cents=Sum("amount_cents"))["cents"]
    assert sum(amount for _count, amount, _url in found.values()) == on_the_books == cents(ages.footer[2])
    for count, amount, url in found.values():
        listing = treasurer.get(url)
        assert listing.context["total"] == count
        csv = treasurer.get(listing.context["actions"][0].url).content.decode()
        assert csv_cents(csv, "Offen in Euro") == amount
    assert len(found) == len(AGES)


def test_what_came_in_equals_its_list_its_export_and_the_ledger(
    treasurer: Client, treasury: Treasury
) -> None:
    """Corrected payments count for nothing, deposits count. Seen red without reversals in the sum."""
    uuid, now = treasury.invoice(9000, day=1).row.uuid, timezone.now()
    for amount in (4000, 3000):
        paid = ledger.record_payment(uuid, movement(amount), actor=CLERK, now=now)
    wrong = [entry for entry in paid.entries if entry.kind == "payment"][-1]
    ledger.reverse_entry(wrong.uuid, reason="Vertippt", actor=CLERK, now=now)
    booking = treasury.booking(2, deposit=20000)
    deposits.take_deposit(booking.uuid, movement(20000), actor=CLERK, now=now)
    count, amount, url = rows(treasurer.get(reverse("backoffice_treasury")).context["income"])["Heute"]
    assert (count, amount) == (4, 24000)
    page = treasurer.get(url)
    assert page.context["total"] == 4
    assert "240,00" in page.context["lead"]
    csv = treasurer.get(page.context["actions"][0].url).content.decode()
    assert csv.count("\n") >= 5


def test_a_visit_counts_by_day(treasurer: Client, treasury: Treasury) -> None:
    assert "letzten Besuch" not in treasurer.get(reverse("backoffice_treasury")).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    StaffRole.objects.update(money_seen_on=yesterday)
    for _twice in range(2):
        assert "Seit Ihrem letzten Besuch" in treasurer.get(reverse("backoffice_treasury")).content.decode()
    assert {role.money_seen_before_on for role in StaffRole.objects.filter(role="treasurer")} == {yesterday}


def test_work_to_do_equals_its_lists(treasurer: Client, treasury: Treasury) -> None:
    assert "Nichts wartet auf Sie." in treasurer.get(reverse("backoffice_treasury")).content.decode()
    _was_due(treasury.invoice(5000, day=1).row.uuid, days_ago=8)
    over = treasury.booking(3, deposit=20000)
    deposits.take_deposit(over.uuid, movement(20000), actor=CLERK, now=timezone.now())
    found = rows(treasurer.get(reverse("backoffice_treasury")).context["work"])
    assert [*found] == ["Zu mahnen", "Kautionen zurückzugeben", "davon länger als 14 Tage nach der Nutzung"]
    assert found["Zu mahnen"][:2] == (1, 5000)
    assert found["Kautionen zurückzugeben"][:2] == (1, 20000)
    assert found["davon länger als 14 Tage nach der Nutzung"][:2] == (1, 20000)
    for _count, _cents, url in found.values():
        assert treasurer.get(url).status_code == 200
    assert "50,00" in treasurer.get(found["Zu mahnen"][2]).context["lead"]
    assert len(treasurer.get(found["Kautionen zurückzugeben"][2]).context["table"].rows) == 1


def test_reminders_are_ticked_and_sent_with_progress(treasurer: Client, treasury: Treasury) -> None:
    uuids = [treasury.invoice(5000, day=number).row.uuid for number in (1, 2)]
    for uuid in uuids:
        _was_due(uuid, days_ago=8)
    url = reverse("backoffice_reminders")
    assert treasurer.post(url, RUN_FORM).status_code == 422
    with patch("booking_core.workflows.tasks.send_reminders.apply_async") as called:
        answer = treasurer.post(url, {"chosen": [str(uuids[0])]})
        page = treasurer.get(answer["Location"])
        assert "0 von 1" in page.content.decode()
        again = treasurer.post(f"{answer['Location']}weiter/")
        assert again.status_code == 302
        assert called.call_count == 2
    run = page.context["run"].uuid
    assert send_reminder_run(run, actor=CLERK, now=timezone.now()) == 1
    assert "1 von 1" in treasurer.get(answer["Location"]).content.decode()
    assert OutboxMessage.objects.filter(kind="payment_reminder").count() == 1
    assert "hx-get" not in treasurer.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()


def test_a_dispute_stops_reminders_from_the_invoices_page(
    office: Office, treasurer: Client, treasury: Treasury
) -> None:
    uuid = treasury.invoice(5000, day=1).row.uuid
    url = reverse("backoffice_invoice_stop", args=[uuid])
    assert office.client("reader").get(url).status_code == 403
    answer = treasurer.post(url, {"text": "Widerspruch", "until": "2001-01-01"})
    assert answer.status_code == 422
    assert "Dieser Tag liegt in der Vergangenheit." in answer.content.decode()
    assert treasurer.post(url, {"text": "Widerspruch vom 3. März"}).status_code == 302
    page = treasurer.get(reverse("backoffice_invoice", args=[uuid])).content.decode()
    assert "Widerspruch vom 3. März" in page
    assert "Mahnsperre aufheben" in page
    assert "Widerspruch" in treasurer.get(reverse("backoffice_reminders")).content.decode()
    treasurer.post(reverse("backoffice_invoice_stop_lift", args=[uuid]))
    assert invoice_stop(uuid) is None


def invoice_stop(uuid: object) -> object:
    return Invoice.objects.get(uuid=uuid).stopped_on


def _was_due(uuid: object, *, days_ago: int) -> None:
    """Documents are final; only a test that takes the guard away can make them older."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Invoice.objects.filter(uuid=uuid).update(due_on=timezone.localdate() - timedelta(days=days_ago))
        cursor.execute("SET session_replication_role = DEFAULT")
