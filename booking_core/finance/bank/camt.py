"""Statements in ISO 20022 XML: camt.053 (statement) and camt.052 (report of the day), of any version.

Not here: storing. Elements are found by their local names, so that camt.053.001.02 and .08 read alike.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from booking_core.finance.bank.lines import BankLine, StatementUnreadable, with_digests

_ROOTS = ("BkToCstmrStmt", "BkToCstmrAcctRpt")


def read_camt(content: bytes) -> tuple[BankLine, ...]:
    """All booked movements of the file, in its order. Raises StatementUnreadable.

    A collective entry that names its single transactions counts as these. Entities and external files are not
    followed (XXE).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise StatementUnreadable("xml", line=fault.lineno or 0) from fault
    if not any(_all(root, name) for name in _ROOTS):
        raise StatementUnreadable("kind")
    statements = [*_all(root, "Stmt"), *_all(root, "Rpt")]
    return with_digests(line for statement in statements for line in _lines_of(statement))


def _lines_of(statement: etree._Element) -> Iterator[BankLine]:
    account = _text(statement, "Acct/Id/IBAN")
    for entry in _children(statement, "Ntry"):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status and status != "BOOK":
            continue
        details = [tx for group in _children(entry, "NtryDtls") for tx in _children(group, "TxDtls")]
        named = [tx for tx in details if _text(tx, "Amt") or _text(tx, "AmtDtls/TxAmt/Amt")]
        if len(details) > 1 and len(named) == len(details):
            for position, tx in enumerate(details, start=1):
                yield _line(entry, tx, account, suffix=f"/{position}", own_amount=True)
        else:
            yield _line(entry, details[0] if details else entry, account, suffix="", own_amount=False)


def _line(
    entry: etree._Element, tx: etree._Element, account: str, *, suffix: str, own_amount: bool
) -> BankLine:
    amount = _first(tx, "Amt", "AmtDtls/TxAmt/Amt") if own_amount else _first(entry, "Amt")
    sign = (_text(tx, "CdtDbtInd") if own_amount else "") or _text(entry, "CdtDbtInd")
    incoming = sign == "CRDT"
    if _text(entry, "RvslInd") == "true" and not sign:
        incoming = not incoming
    party = "Dbtr" if incoming else "Cdtr"
    bank_reference = _text(tx, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
    booked = _day(entry, "BookgDt")
    return BankLine(
        booked_on=booked,
        valued_on=_day(entry, "ValDt", fallback=booked),
        cents=_cents(amount, entry) * (1 if incoming else -1),
        name=_text(tx, f"RltdPties/{party}/Nm") or _text(tx, f"RltdPties/{party}/Pty/Nm"),
        iban=_text(tx, f"RltdPties/{party}Acct/Id/IBAN"),
        purpose=" ".join([*_return_words(tx), *_texts(tx, "RmtInf/Ustrd")]),
        reference=_text(tx, "RmtInf/Strd/CdtrRefInf/Ref") or _end_to_end(tx),
        bank_reference=f"{bank_reference}{suffix}" if bank_reference else "",
        account=account,
    )


def _return_words(tx: etree._Element) -> list[str]:
    """Why a debit or transfer came back: the bank's code (ISO 20022, R-transactions) and its words."""
    code = _text(tx, "RtrInf/Rsn/Cd") or _text(tx, "RtrInf/Rsn/Prtry")
    return [word for word in (code, *_texts(tx, "RtrInf/AddtlInf")) if word]


def _end_to_end(tx: etree._Element) -> str:
    text = _text(tx, "Refs/EndToEndId")
    return "" if text == "NOTPROVIDED" else text


def _cents(amount: etree._Element | None, entry: etree._Element) -> int:
    if amount is None or amount.get("Ccy", "EUR") != "EUR":
        currency = "" if amount is None else str(amount.get("Ccy"))
        raise StatementUnreadable("currency", line=int(entry.sourceline or 0), detail=currency)
    try:
        return int((Decimal((amount.text or "").strip()) * 100).to_integral_exact())
    except (InvalidOperation, ValueError) as fault:
        raise StatementUnreadable("xml", line=int(amount.sourceline or 0)) from fault


def _day(entry: etree._Element, name: str, *, fallback: date | None = None) -> date:
    text = _text(entry, f"{name}/Dt") or _text(entry, f"{name}/DtTm")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
    except ValueError as fault:
        if fallback is not None:
            return fallback
        raise StatementUnreadable("xml", line=int(entry.sourceline or 0)) from fault


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.findall(f".//{{*}}{name}"))


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.findall(f"{{*}}{name}"))


def _first(element: etree._Element, *paths: str) -> etree._Element | None:
    return next((found for path in paths if (found := element.find(_any_namespace(path))) is not None), None)


def _text(element: etree._Element, path: str) -> str:
    found = element.find(_any_namespace(path))
    return " ".join((found.text or "").split()) if found is not None else ""


def _texts(element: etree._Element, path: str) -> list[str]:
    return [" ".join((one.text or "").split()) for one in element.findall(_any_namespace(path))]


def _any_namespace(path: str) -> str:
    return "/".join(f"{{*}}{part}" for part in path.split("/"))
