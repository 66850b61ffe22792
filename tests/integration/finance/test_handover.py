"""Files for the treasury: DATEV by its own field table, CSV by profile; their sums are the ledger's, cent by cent.

Seen red: the sign of deposits turned around (accounts no longer meet the ledger); text written as it came (field
table); a document's amount taken net (sums).
"""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db.models import Sum
from django.utils import timezone

from booking_core.engines.tax import Exemption, TaxPeriod, TaxStatus
from booking_core.finance.contracts import DraftLine, InvoiceDraft, InvoiceView
from booking_core.finance.errors import NotSetUp
from booking_core.finance.exports.settings import (
    Column,
    Contents,
    CsvProfile,
    DatevSettings,
    Encoding,
    IncomeAccount,
    Role,
    Separator,
    TaxCase,
)
from booking_core.finance.models import FinanceProfile, LedgerEntry
from booking_core.finance.paper.content import PaperParty
from booking_core.finance.queries.handover import csv_profiles
from booking_core.finance.queries.periods import month_totals
from booking_core.finance.services import deposits, ledger
from booking_core.finance.services.handover import HandoverFile, hand_over
from booking_core.finance.services.handover_settings import save_csv_profile, save_datev
from booking_core.finance.services.invoicing import cancel_invoice, issue_invoice
from booking_core.identity.models import AuditEntry
from booking_core.kernel.errors import InvalidInput
from tests.factories.finance import movement, set_up
from tests.integration.finance.conftest import Treasury
from tests.integration.finance.datev_format import balances, cells, faults_of, postings

pytestmark = pytest.mark.django_db
ODD_NAME = '=Müller; "Söhne" 🎉\r\nŁukasz\t& Şenay – Übermut und noch sehr viel mehr Text, damit es lang wird'
ACCOUNTS = {role: str(1000 + number) for number, role in enumerate(Role)}
INCOME = {case: IncomeAccount(account=str(4000 + number)) for number, case in enumerate(TaxCase)}
DATEV = DatevSettings(
    consultant=29098, client=55003, accounts=ACCOUNTS,
    income={**INCOME, TaxCase.RATE_7: IncomeAccount(account="4300", tax_key="2")},
)  # fmt: skip


def line(cents: int, percent: int | None) -> DraftLine:
    return DraftLine("Miete", cents, None, "", percent=None if percent is None else Decimal(percent))


def invoice(treasury: Treasury, *lines: DraftLine) -> InvoiceView:
    draft = InvoiceDraft(
        party_id=treasury.party, language="de", subject="Fest; „Übung“",
        buyer=PaperParty(name=ODD_NAME, street="Am Ring 1", postal_code="50667", city="Köln"),
        lines=lines, supply_first_on=date(2026, 5, 1), supply_last_on=date(2026, 5, 2),
        expected_cents=sum(one.cents for one in lines),
    )  # fmt: skip
    return issue_invoice(draft, actor=treasury.kim, now=timezone.now())


@pytest.fixture
def busy(treasury: Treasury) -> Treasury:
    """A day on which everything happens that the ledger knows."""
    set_up(
        tax_periods=(TaxPeriod(date(2020, 1, 1), TaxStatus.REGULAR, Exemption.LETTING),), tax_number="12/345"
    )
    kim, now = treasury.kim, timezone.now()
    mixed = invoice(treasury, line(11900, 19), line(10700, 7), line(4999, None)).row.uuid
    for way, cents in (("transfer", 10000), ("cash", 5000), ("card", 2000), ("online", 1000), ("debit", 500)):
        ledger.record_payment(mixed, movement(cents, way=way), actor=kim, now=now)
    wrong = LedgerEntry.objects.get(invoice__uuid=mixed, way="cash")
    ledger.reverse_entry(wrong.uuid, reason="Falsch getippt", actor=kim, now=now)
    ledger.write_off(mixed, movement(99, text="Kleinbetrag"), actor=kim, now=now)
    taken_back = invoice(treasury, line(3333, 7)).row.uuid
    ledger.record_payment(taken_back, movement(3333), actor=kim, now=now)
    cancel_invoice(taken_back, reason="Doppelt", actor=kim, now=now)
    ledger.record_refund(taken_back, movement(3000), actor=kim, now=now)
    booking = treasury.booking(deposit=20000).uuid
    deposits.take_deposit(booking, movement(20000), actor=kim, now=now)
    deposits.return_deposit(booking, movement(5000, way="cash"), actor=kim, now=now)
    deposits.keep_deposit(booking, movement(2500, way="none", text="Glas"), actor=kim, now=now)
    return treasury


def take(key: str, treasury: Treasury, *, now: datetime | None = None) -> HandoverFile:
    today = timezone.localdate()
    return hand_over(key, first_on=today, last_on=today, actor=treasury.kim, now=now or timezone.now())


def test_a_datev_file_keeps_the_field_table_and_adds_up(busy: Treasury) -> None:
    save_datev(DATEV, actor=busy.kim)
    file = take("datev", busy)
    assert faults_of(file.content) == []
    found = balances(file.content)
    assert sum(found.values()) == 0
    of = {
        account: LedgerEntry.objects.filter(account=account).aggregate(n=Sum("amount_cents"))["n"]
        for account in ("fee", "deposit")
    }
    assert found[ACCOUNTS[Role.DEBTORS]] == of["fee"]
    assert found[ACCOUNTS[Role.DEPOSITS]] == -of["deposit"]
    assert found[ACCOUNTS[Role.CASH]] == -5000  # the payment was taken back, the deposit went out
    assert (found[ACCOUNTS[Role.KEPT]], found[ACCOUNTS[Role.WRITE_OFFS]]) == (-2500, 99)
    assert (found["4000"], found["4300"], found[INCOME[TaxCase.LETTING].account]) == (-11900, -10700, -4999)
    charges = [one for one in postings(file.content) if one.contra in {"4000", "4300"}]
    assert {one.number for one in charges} == {
        "R-2026-000001",
        "R-2026-000002",
    } or timezone.localdate().year != 2026
    assert {one.tax_key for one in charges} == {"", "0002"}
    assert all(one.text.startswith('=Müller; "Söhne" Lukasz & Senay – Übermut') for one in charges)


def test_its_sums_are_those_of_the_month(busy: Treasury) -> None:
    save_datev(DATEV, actor=busy.kim)
    today = timezone.localdate()
    month = month_totals(today.replace(day=1), today=today)
    file = take("datev", busy)
    told = {(one.account, one.kind): 0 for one in month.sums}
    for one in month.sums:
        told[one.account, one.kind] += one.amount.cents
    assert {(one.account, one.kind): one.amount.cents for one in file.sums} == told
    assert file.count == sum(one.count for one in month.sums)


def test_twice_the_same_bytes_but_for_the_time_stamp(busy: Treasury) -> None:
    save_datev(DATEV, actor=busy.kim)
    at = datetime(2026, 12, 1, 9, 5, 7, 123456, tzinfo=UTC)
    first, again = take("datev", busy, now=at), take("datev", busy, now=at.replace(minute=6))
    assert cells(first.content.decode("cp1252").split("\r\n")[0])[5] == "20261201100507123"
    assert first.content != again.content
    assert first.content.replace(b"20261201100507123", b"20261201100607123") == again.content
    assert take("kasse", busy).content == take("kasse", busy).content
    taken = AuditEntry.objects.filter(action="finance.handed_over")
    assert taken.count() == 4
    assert {row.actor_label for row in taken} == {"Kim Kasse"}
    assert all(row.data["cents"] == sum(one.amount.cents for one in first.sums)
               for row in taken if row.data["file"].startswith("EXTF"))  # fmt: skip


def test_a_closed_period_is_marked_as_fixed(busy: Treasury) -> None:
    save_datev(DATEV, actor=busy.kim)
    FinanceProfile.objects.update(closed_until=timezone.localdate())
    lines = take("datev", busy).content.decode("cp1252").split("\r\n")
    assert cells(lines[0])[20] == "1"
    assert {cells(one)[113] for one in lines[2:-1]} == {"1"}


def test_missing_accounts_are_named_and_nothing_is_handed_over(busy: Treasury) -> None:
    with pytest.raises(NotSetUp, match="Konten für DATEV"):
        take("datev", busy)
    save_datev(DatevSettings(consultant=1001, client=1, accounts=ACCOUNTS), actor=busy.kim)
    with pytest.raises(NotSetUp, match="19 % Umsatzsteuer"):
        take("datev", busy)
    save_datev(DATEV.model_copy(update={"year_starts_month": 7}), actor=busy.kim)
    with pytest.raises(InvalidInput, match="Wirtschaftsjahr"):
        hand_over(
            "datev", first_on=date(2026, 6, 30), last_on=date(2026, 7, 1), actor=busy.kim, now=timezone.now()
        )
    assert not AuditEntry.objects.filter(action="finance.handed_over").exists()


def test_every_customer_can_have_an_account_of_their_own(busy: Treasury) -> None:
    save_datev(DATEV.model_copy(update={"first_person": 10000}), actor=busy.kim)
    assert balances(take("datev", busy).content)[str(10000 + busy.party)]
    with pytest.raises(InvalidInput, match="5 Stellen"):
        save_datev(DATEV.model_copy(update={"first_person": 100000}), actor=busy.kim)
    with pytest.raises(InvalidInput, match="mehr Stellen"):
        save_datev(DATEV.model_copy(update={"accounts": {Role.BANK: "12345"}}), actor=busy.kim)


def test_a_csv_file_is_safe_and_loses_no_cent(busy: Treasury) -> None:
    for encoding, separator in product(Encoding, Separator):
        profile = CsvProfile(
            key=f"p{len(csv_profiles())}", name=f"Probe {len(csv_profiles())}", contents=Contents.EVERYTHING,
            separator=separator, encoding=encoding,
            columns=(Column.NAME, Column.AMOUNT, Column.NET, Column.TAX, Column.TAX_CASE, Column.KIND, Column.TEXT),
        )  # fmt: skip
        save_csv_profile(profile, is_new=True, actor=busy.kim)
        _check_csv(take(profile.key, busy), profile)


def _check_csv(file: HandoverFile, profile: CsvProfile) -> None:
    text = io.StringIO(file.content.decode(profile.encoding.value), newline="")
    head, *rows = csv.reader(text, delimiter=profile.separator.value)
    assert head[:2] == ["Name", "Betrag"]
    amounts = [int(row[1].replace(",", "")) for row in rows]
    assert sum(amounts) == file.cents == LedgerEntry.objects.aggregate(n=Sum("amount_cents"))["n"]
    assert min(amounts) < 0
    split = [[int(cell.replace(",", "")) for cell in row[1:4]] for row in rows if row[2]]
    assert split
    assert all(net + tax == amount for amount, net, tax in split)
    (name,) = {row[0] for row in rows if row[2]}
    assert name.startswith('\'=Müller; "Söhne"')
    assert ("🎉" in name) == (profile.encoding is Encoding.UTF8)
    assert not set("\r\n") & set(name)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_claims_alone_leave_payments_out(busy: Treasury) -> None:
    file = take("kasse", busy)
    assert {one.kind for one in file.sums} == {"charge", "cancellation", "write_off"}
    assert file.content.startswith(b"\xef\xbb\xbfBuchungstag;Art;Belegnummer;")
