"""Debits: announced on the invoice, by a mandate that stands, valid for the bank and for the judges of e-invoices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from booking_core.finance.bank.sepa_files import bank_file
from booking_core.finance.errors import AlreadyRecorded, NotSetUp
from booking_core.finance.models import LedgerEntry
from booking_core.finance.paper.xml import invoice_xml
from booking_core.finance.queries.bank_candidates import debit_candidates
from booking_core.finance.queries.bank_orders import run_by_uuid
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import ledger
from booking_core.finance.services.bank_runs import execute_run, make_debit_run
from booking_core.finance.services.mandates import end_mandate, take_up_mandate
from booking_core.identity.contracts import Mandate
from booking_core.identity.mandates import is_usable, mandate_of
from booking_core.identity.models import Party
from booking_core.identity.parties import party_for
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO
from booking_core.messaging.models import OutboxMessage
from tests.factories.finance import movement, set_up
from tests.integration.finance.conftest import Treasury
from tests.unit.finance.validators import rule_faults, schema_faults

pytestmark = pytest.mark.django_db
MANDATE = Mandate("M-2026-17", date(2026, 3, 1), "CORE", "Chor Übermut", "DE89 3704 0044 0532 0130 00")


def signed(treasury: Treasury, mandate: Mandate = MANDATE) -> None:
    uuid = Party.objects.get(pk=treasury.party).uuid
    take_up_mandate(uuid, mandate, actor=treasury.kim, now=timezone.now())


def test_the_invoice_announces_the_debit(treasury: Treasury) -> None:
    signed(treasury)
    invoice = treasury.invoice()
    debit = invoice.paper.debit
    assert debit is not None
    assert (debit.mandate_reference, debit.creditor_id, debit.collect_on) == (
        "M-2026-17", "DE98ZZZ09999999999", invoice.paper.due_on,
    )  # fmt: skip
    xml = invoice_xml(invoice.paper)
    assert schema_faults(xml) == []
    assert rule_faults(xml) == [[]]
    assert b"M-2026-17" in xml and b">59<" in xml
    mail = OutboxMessage.objects.get(kind="invoice_issued")
    assert "Wir ziehen den Betrag von Ihrem Konto ein" in mail.text
    assert "GiroCode" not in mail.text


def test_from_announcement_to_ledger(treasury: Treasury) -> None:
    signed(treasury)
    invoice = treasury.invoice()
    (found,) = debit_candidates(now=timezone.now())
    now = timezone.now()
    with pytest.raises(InvalidInput) as refusal:
        make_debit_run(
            [found.invoice], run_on=found.announced_on - timedelta(days=1), actor=treasury.kim, now=now
        )
    assert refusal.value.field == "run_on"
    run = make_debit_run([found.invoice], run_on=found.announced_on, actor=treasury.kim, now=now)
    view = run_by_uuid(run)
    content = bank_file(view)
    root = etree.fromstring(content)

    def texts(name: str) -> list[str | None]:
        return [element.text for element in root.iter(f"{{*}}{name}")]

    assert texts("MndtId") == ["M-2026-17"]
    assert texts("SeqTp") == ["RCUR"]
    assert "DE98ZZZ09999999999" in texts("Id")
    assert texts("Nm")[-1] == "Chor Uebermut"
    assert bank_file(run_by_uuid(run)) == content
    later = now + timedelta(days=20)
    execute_run(run, actor=treasury.kim, now=later)
    entry = LedgerEntry.objects.get(kind="payment")
    assert (entry.amount_cents, entry.way) == (-5000, "debit")
    assert invoice_by_uuid(invoice.row.uuid).row.balance == ZERO
    mandate = mandate_of(treasury.party)
    assert mandate is not None and mandate.used_on == found.announced_on
    # The bank sends it back: the entry is corrected, the invoice is open again.
    ledger.reverse_entry(entry.uuid, reason="Rücklastschrift", actor=treasury.kim, now=later)
    assert invoice_by_uuid(invoice.row.uuid).row.balance.cents == 5000


def test_only_what_was_announced_and_is_open_is_debited(treasury: Treasury) -> None:
    before = treasury.invoice(day=1)  # written without a mandate
    signed(treasury)
    now = timezone.now()
    assert debit_candidates(now=now) == ()
    invoice = treasury.invoice(day=2)
    with pytest.raises(AlreadyRecorded):
        make_debit_run([before.row.uuid], run_on=invoice.paper.due_on, actor=treasury.kim, now=now)
    ledger.record_payment(invoice.row.uuid, movement(5000), actor=treasury.kim, now=now)
    assert debit_candidates(now=now) == ()


def test_a_mandate_taken_back_ends_the_debits(treasury: Treasury) -> None:
    signed(treasury)
    treasury.invoice()
    uuid = Party.objects.get(pk=treasury.party).uuid
    with pytest.raises(InvalidInput):
        end_mandate(uuid, reason="", actor=treasury.kim)
    end_mandate(uuid, reason="Widerruf vom 3. Mai", actor=treasury.kim)
    assert debit_candidates(now=timezone.now()) == ()
    assert treasury.invoice(day=5).paper.debit is None


def test_both_kinds_need_files_of_their_own(treasury: Treasury) -> None:
    signed(treasury)
    first = treasury.invoice()
    other = party_for(name="Firma Muster", email="firma@example.org", organisation_name="Firma Muster")
    company = replace(treasury, party=other.pk)
    signed(company, replace(MANDATE, reference="B2B-1", kind="B2B"))
    second = company.invoice(day=3)
    with pytest.raises(InvalidInput):
        make_debit_run([first.row.uuid, second.row.uuid], run_on=first.paper.due_on, actor=treasury.kim,
                       now=timezone.now())  # fmt: skip
    make_debit_run([second.row.uuid], run_on=second.paper.due_on, actor=treasury.kim, now=timezone.now())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"iban": "DE1"}, "iban"), ({"bic": "X"}, "bic"), ({"kind": "COR1"}, "kind"),
        ({"signed_on": date(2099, 1, 1)}, "signed_on"),
    ],
)  # fmt: skip
def test_odd_mandates_are_refused(treasury: Treasury, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        signed(treasury, replace(MANDATE, **changes))  # type: ignore[arg-type]  # fields by name
    assert refusal.value.field == field
    assert mandate_of(treasury.party) is None


def test_references_are_unique_and_a_creditor_identifier_is_needed(treasury: Treasury) -> None:
    signed(treasury)
    other = replace(treasury, party=party_for(name="Otto", email="otto@example.org").pk)
    with pytest.raises(InvalidInput):
        signed(other)
    set_up(creditor_id="")
    with pytest.raises(NotSetUp):
        signed(treasury)
    with pytest.raises(InvalidInput):
        set_up(creditor_id="DE99ZZZ09999999999")


def test_mandates_run_out() -> None:
    assert is_usable(replace(MANDATE, used_on=date(2026, 4, 1)), date(2029, 4, 1))
    assert not is_usable(replace(MANDATE, used_on=date(2026, 4, 1)), date(2029, 5, 1))
    assert not is_usable(replace(MANDATE, is_one_off=True, used_on=date(2026, 4, 1)), date(2026, 5, 1))
