"""Which two accounts each movement touches: one posting per movement, for a document one per tax case.

Claims are debited to the customer, deposits owed to them; what is against them follows from what moved and how. Not
here: how a posting is written (``datev``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking_core.finance.exports.datev import Posting
from booking_core.finance.exports.rows import HandoverRow, TaxPart
from booking_core.finance.exports.settings import (
    ROLE_LABELS,
    TAX_CASE_LABELS,
    DatevSettings,
    IncomeAccount,
    Role,
)
from booking_core.finance.models import Account, EntryKind, Way

_BY_WAY = {
    Way.TRANSFER: Role.BANK,
    Way.DEBIT: Role.BANK,
    Way.CASH: Role.CASH,
    Way.CARD: Role.CARD,
    Way.ONLINE: Role.ONLINE,
}
_BY_CAUSE = {EntryKind.REMINDER: Role.REMINDERS, EntryKind.WRITE_OFF: Role.WRITE_OFFS}
_OWN = {Account.DEPOSIT: Role.DEPOSITS, Account.CLEARING: Role.CLEARING}


@dataclass(frozen=True, slots=True)
class Missing:
    """An account the period needs and the settings do not name, in words."""

    label: Promise | str


def postings_of(
    rows: Sequence[HandoverRow], settings: DatevSettings
) -> tuple[tuple[Posting, ...], tuple[Missing, ...]]:
    """The postings of these movements, and the accounts that are missing for them (then the postings are partial)."""
    found: list[Posting] = []
    missing: dict[str, Missing] = {}
    for row in rows:
        for posting in _postings(row, settings):
            if isinstance(posting, Missing):
                missing[str(posting.label)] = posting
            else:
                found.append(posting)
    return tuple(found), tuple(missing.values())


def _postings(row: HandoverRow, settings: DatevSettings) -> Iterator[Posting | Missing]:
    parts = row.parts()
    if not parts:
        if row.cents:
            yield _posting(row, row.cents, _contra(row, settings), settings)
        return
    for part in parts:
        cents = part.net_cents + part.tax_cents
        if cents:
            yield _posting(row, cents, _income(part, settings), settings)


def _posting(
    row: HandoverRow, cents: int, contra: IncomeAccount | Missing, settings: DatevSettings
) -> Posting | Missing:
    own = _own_account(row, settings)
    if isinstance(own, Missing):
        return own
    if isinstance(contra, Missing):
        return contra
    is_plus = cents > 0
    return Posting(
        cents=abs(cents),
        is_debit=is_plus != (row.account == Account.DEPOSIT),
        account=own,
        contra=contra.account,
        valued_on=row.valued_on,
        number=row.number or row.booking,
        text=" ".join(part for part in (row.name, str(EntryKind(row.kind).label), row.subject) if part),
        tax_key=contra.tax_key,
        due_on=row.due_on if row.kind == EntryKind.CHARGE else None,
        mandate=row.mandate if row.kind == EntryKind.CHARGE else "",
    )


def _own_account(row: HandoverRow, settings: DatevSettings) -> str | Missing:
    if row.account == Account.FEE and settings.first_person is not None:
        number = str(settings.first_person + row.party_id)
        is_short = len(number) <= settings.account_length + 1
        return (
            number
            if is_short
            else Missing(_("Personenkonten: Die Nummern reichen nicht, beginnen Sie tiefer."))
        )
    named = _named(_OWN.get(Account(row.account), Role.DEBTORS), settings)
    return named if isinstance(named, Missing) else named.account


def _contra(row: HandoverRow, settings: DatevSettings) -> IncomeAccount | Missing:
    if row.cause in _BY_CAUSE:
        return _named(_BY_CAUSE[EntryKind(row.cause)], settings)
    if row.cause == EntryKind.DEPOSIT_KEPT and row.way == Way.NONE:
        return _named(Role.KEPT, settings)
    return _named(_BY_WAY.get(Way(row.way), Role.TRANSIT), settings)


def _named(role: Role, settings: DatevSettings) -> IncomeAccount | Missing:
    account = settings.accounts.get(role, "")
    return IncomeAccount(account=account) if account else Missing(ROLE_LABELS[role])


def _income(part: TaxPart, settings: DatevSettings) -> IncomeAccount | Missing:
    case = part.case
    known = settings.income.get(case) if case else None
    if known is not None and known.account:
        return known
    return Missing(TAX_CASE_LABELS[case] if case else part.label)
