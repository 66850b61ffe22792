"""The partnership's invoices for outside judges, their mails, and runs that come twice or together.

Seen red on 1 December 2026: with the subscription's lock left out three of four runs collide at the constraint. Not
taken away yet: ``is_cancelled`` in the constraint's condition, without which a cancelled period is never billed again.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from booking_core.finance.paper.pdf import XML_NAME
from booking_core.finance.paper.xml import EN_16931, XRECHNUNG, invoice_xml
from booking_core.messaging.delivery import message_of
from booking_core.messaging.models import OutboxMessage
from subscriptions.models import (
    FeeEntry,
    FeeInvoice,
    FeeNumberRange,
    FeeReminder,
    FeeTerms,
    Plan,
    Subscription,
)
from subscriptions.queries.invoices import invoice_paper, open_invoices
from subscriptions.services import accounts, invoicing
from tenants.context import in_public
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories import fees
from tests.factories.fees import ADDRESS, OLGA, TODAY, at
from tests.unit.finance.validators import rule_faults, schema_faults

DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize("leitweg", ["", "04011000-1234512345-06"])
@pytest.mark.parametrize(("status", "percent"), [("regular", 19), ("small_business", 0), ("not_taxable", 0)])
def test_the_judges_accept_every_kind_of_invoice(
    tenant_a: Tenant, leitweg: str, status: str, percent: int
) -> None:
    fees.set_up_terms(tax_status=status)
    plan = fees.make_plan(percent=percent)
    fees.start_trial(tenant_a.pk, on=TODAY - 90 * DAY)
    from dataclasses import replace

    accounts.set_billing(tenant_a.pk, replace(ADDRESS, leitweg_id=leitweg), actor=OLGA, now=at(TODAY))
    fees.order(tenant_a.pk, plan)
    assert fees.issue() == 1
    first = fees.newest(tenant_a.pk)
    invoicing.cancel_invoice(first.uuid, reason="Probe", actor=OLGA, now=at(TODAY))
    papers = [invoice_paper(first.uuid), invoice_paper(fees.newest(tenant_a.pk).uuid)]
    files = [invoice_xml(paper) for paper in papers]
    assert [schema_faults(xml) for xml in files] == [[], []]
    assert rule_faults(*[xml.replace(XRECHNUNG.encode(), EN_16931.encode()) for xml in files]) == [[], []]
    assert all((XRECHNUNG.encode() in xml) == bool(leitweg) for xml in files)
    assert papers[0].gross_cents == (119_000 if percent else 100_000)


@pytest.mark.django_db
def test_the_invoice_is_an_archive_file_and_goes_out_with_its_mail(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    fees.issue()
    mail = message_of(OutboxMessage.objects.get(kind="fee_invoice"))
    assert mail.to == [ADDRESS.email]
    assert "Biletado" in mail.from_email
    (part,) = mail.attachments
    with pikepdf.open(BytesIO(part.get_payload(decode=True))) as pdf:  # type: ignore[union-attr]
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3</pdfaid:part>" in packet
        assert XML_NAME in pdf.attachments
    assert part.get_filename() == "BV-2027-000001.pdf"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_an_operator_who_reads_english_still_writes_german_invoices(tenant_a: Tenant) -> None:
    from django.utils import translation

    fees.ordered_town(tenant_a.pk)
    with translation.override("en"):
        fees.issue()
    paper = invoice_paper(fees.newest(tenant_a.pk).uuid)
    assert paper.subject == "Teilnahme an Biletado: Musterstadt"
    assert "Mi, 10. März 2027" in paper.lines[0].detail
    assert OutboxMessage.objects.get(kind="fee_invoice").subject.startswith("Rechnung BV-2027-000001")


@pytest.mark.django_db
def test_a_second_run_writes_nothing(tenant_a: Tenant, tenant_b: Tenant) -> None:
    plan = fees.ordered_town(tenant_a.pk)
    fees.start_trial(tenant_b.pk, on=TODAY - 90 * DAY)
    fees.order(tenant_b.pk, plan)
    assert fees.issue() == 2
    assert fees.issue() == 0
    assert [row.number for row in open_invoices(today=TODAY)] == ["BV-2027-000001", "BV-2027-000002"]


@pytest.mark.django_db
def test_the_database_refuses_two_invoices_for_one_day(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk)
    fees.issue()
    row = FeeInvoice.objects.get()
    row.pk, row.number, row.reference, row.sequence = None, "BV-2027-000009", "X9", 9
    from uuid import uuid4

    row.uuid, row.period = uuid4(), DateRange(TODAY + 364 * DAY, TODAY + 400 * DAY)
    with pytest.raises(IntegrityError, match="fee_invoice_days_once"), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_lists_ask_no_more_for_many_towns(tenant_a: Tenant) -> None:
    from django.test.utils import CaptureQueriesContext

    from subscriptions.queries.runs import due_fees
    from subscriptions.queries.towns import subscriptions

    plan = fees.ordered_town(tenant_a.pk)
    fees.issue()

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            subscriptions(today=TODAY)
            open_invoices(today=TODAY)
            due_fees(until=TODAY + 400 * DAY)
        return len(seen)

    one = count()
    for number in range(19):
        town = Tenant.objects.create(
            schema_name=f"t_feetown{number:04}", slug=f"feetown{number}", kind="municipality",
            official_name=f"Gemeinde {number}", short_name=f"Ort {number}",
        )  # fmt: skip
        fees.start_trial(town.pk, on=TODAY - 90 * DAY)
        fees.order(town.pk, plan)
    assert count() == one


@pytest.fixture
def committed_fees(committed_town: Tenant) -> Iterator[Tenant]:
    """A town whose fee is really committed; what the room stored is taken away afterwards."""
    with in_public():
        yield committed_town
        for model in (FeeReminder, FeeEntry, FeeInvoice, FeeNumberRange, Subscription, Plan, FeeTerms):
            model.objects.all().delete()
        OutboxMessage.objects.all().delete()
        from booking_core.identity.models import AuditEntry

        AuditEntry.objects.all().delete()


def test_runs_at_once_write_each_invoice_once_and_without_gaps(committed_fees: Tenant) -> None:
    fees.ordered_town(committed_fees.pk, fees.make_plan(yearly=None, monthly=10_000), interval="month")
    until = TODAY + 62 * DAY
    outcomes = run_together(committed_fees, [lambda: fees.issue(until=until)] * 4)
    assert tally(outcomes) == {"won": 4}
    numbers = FeeInvoice.objects.order_by("sequence").values_list("number", flat=True)
    assert list(numbers) == ["BV-2027-000001", "BV-2027-000002", "BV-2027-000003"]


def test_reminders_at_once_go_out_once(committed_fees: Tenant) -> None:
    fees.ordered_town(committed_fees.pk)
    fees.issue()
    day = fees.newest(committed_fees.pk).due_on + 30 * DAY
    outcomes = run_together(committed_fees, [lambda: fees.remind(on=day)] * 4)
    assert tally(outcomes) == {"won": 4}
    assert FeeReminder.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="fee_reminder").count() == 1


def test_payments_at_once_never_take_more_than_is_open(committed_fees: Tenant) -> None:
    fees.ordered_town(committed_fees.pk)
    fees.issue()
    invoice = fees.newest(committed_fees.pk)
    outcomes = run_together(committed_fees, [lambda: fees.pay(invoice, on=TODAY)] * 4)
    assert tally(outcomes)["won"] == 1
    assert sum(FeeEntry.objects.values_list("amount_cents", flat=True)) == 0
