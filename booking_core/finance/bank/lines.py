"""One movement on the town's bank account, as a statement tells it; and why a file cannot be read.

Not here: the formats (``camt``, ``csv_file``).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


class StatementUnreadable(ValueError):
    """The file is no statement we can read. ``code``: empty, xml, kind, encoding, columns, currency, too_large;
    ``line`` counts from 1 where a line is at fault.
    """

    def __init__(self, code: str, *, line: int = 0, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.line = line
        self.detail = detail


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement. ``cents`` above zero came in, below zero went out. ``bank_reference``: the bank's own id.

    ``digest`` is the same for the same movement in any later file, also where the bank gives no id: movements that
    are alike in everything are counted within their file.
    """

    booked_on: date
    valued_on: date
    cents: int
    name: str = ""
    iban: str = ""
    purpose: str = ""
    reference: str = ""
    bank_reference: str = ""
    account: str = ""
    digest: str = ""


def with_digests(lines: Iterable[BankLine]) -> tuple[BankLine, ...]:
    """The lines with their digests. Files must list alike movements in the same order, as banks do."""
    seen: Counter[str] = Counter()
    known = []
    for line in lines:
        parts = (
            (line.account, line.bank_reference, str(line.cents))
            if line.bank_reference
            else (
                line.account,
                line.booked_on.isoformat(),
                line.valued_on.isoformat(),
                str(line.cents),
                line.iban,
                line.name,
                line.purpose,
                line.reference,
            )
        )
        text = "\x1f".join(parts)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).hexdigest()
        known.append(replace(line, digest=digest))
    return tuple(known)
