"""Files for the bank: pain.001.001.09 (transfers) and pain.008.001.08 (direct debits), made by sepaxml.

The same run gives the same bytes: message id and time come from the run, not from the clock. Each file is checked
against the schema that the package ships before anybody gets it. Not here: what is in a run (``queries.bank_orders``).
"""

import re
import unicodedata
from datetime import datetime

from lxml import etree
from sepaxml import SepaDD, SepaTransfer
from sepaxml.validation import try_valid_xml

from booking_core.finance.bank_contracts import OrderView, RunView

TRANSFER_SCHEMA = "pain.001.001.09"
DEBIT_SCHEMA = "pain.008.001.08"
_GERMAN = {ord(sign): written for sign, written in (
    ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss"), ("&", "+"),
    ("–", "-"), ("„", "'"), ("“", "'"), ("§", "Par."),
)}  # fmt: skip
_NOT_SEPA = re.compile(r"[^A-Za-z0-9+?/:().,' -]")


def bank_file(run: RunView) -> bytes:
    """The file of a run. Raises ``sepaxml.validation.ValidationError`` where the schema refuses it."""
    schema = DEBIT_SCHEMA if run.is_debit else TRANSFER_SCHEMA
    raw = _debits(run) if run.is_debit else _transfers(run)
    content = _with_own_marks(raw, run)
    try_valid_xml(content, schema)
    return content


def sepa_text(text: str, longest: int) -> str:
    """``text`` in the letters that banks take (EPC217-08): umlauts written out, others without their marks.

    >>> sepa_text("Müller & Söhne, Kostüm-Verleih „Rœschen“", 70)
    "Mueller + Soehne, Kostuem-Verleih 'R schen'"
    """
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_NOT_SEPA.sub(" ", plain).split())[:longest].strip()


def _transfers(run: RunView) -> bytes:
    file = SepaTransfer(_town(run), schema=TRANSFER_SCHEMA, clean=False)
    for order in run.orders:
        file.add_payment({**_common(order), "execution_date": run.run_on})
    return bytes(file.export(validate=False))


def _debits(run: RunView) -> bytes:
    kinds = {order.mandate_kind for order in run.orders}
    config = {**_town(run), "creditor_id": run.creditor_id, "instrument": kinds.pop()}
    file = SepaDD(config, schema=DEBIT_SCHEMA, clean=False)
    for order in run.orders:
        mandate = {
            "type": order.sequence,
            "collection_date": run.run_on,
            "mandate_id": order.mandate_reference,
            "mandate_date": order.mandate_signed_on,
        }
        file.add_payment({**_common(order), **mandate})
    return bytes(file.export(validate=False))


def _town(run: RunView) -> dict[str, object]:
    town = {"name": sepa_text(run.town.holder, 70), "IBAN": run.town.iban, "batch": True, "currency": "EUR"}
    return {**town, "BIC": run.town.bic} if run.town.bic else town


def _common(order: OrderView) -> dict[str, object]:
    account = order.account
    payment: dict[str, object] = {
        "name": sepa_text(account.holder, 70),
        "IBAN": account.iban,
        "amount": order.amount.cents,
        "description": sepa_text(order.text, 140),
        "endtoend_id": sepa_text(order.number, 35),
    }
    return {**payment, "BIC": account.bic} if account.bic else payment


def _with_own_marks(raw: bytes, run: RunView) -> bytes:
    """Put the run's id and time where the package puts random ones."""
    root = etree.fromstring(raw)
    for name, text in (("MsgId", f"BK-{run.uuid.hex}"), ("CreDtTm", _moment(run.at))):
        for element in root.iter(f"{{*}}{name}"):
            element.text = text
    for position, element in enumerate(root.iter("{*}PmtInfId"), start=1):
        element.text = f"{run.uuid.hex[:30]}-{position}"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")
