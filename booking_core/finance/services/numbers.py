"""Numbers of documents: one after the other in each year, without gaps.

Not here: check digits (``engines.payment_reference``).
"""

from dataclasses import dataclass

from booking_core.finance.models import NumberRange


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as it stands on the document, and its parts."""

    prefix: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.sequence:06d}"


def next_number(prefix: str, year: int) -> DocumentNumber:
    """Take the next number. Call inside the transaction that stores the document.

    The row of the range stays locked until that transaction ends: who comes second waits. If it fails, the number
    goes back with everything else, so there is no gap (§ 14 Abs. 4 Nr. 4 UStG asks for unique numbers; treasuries
    ask for all of them).
    """
    NumberRange.objects.get_or_create(prefix=prefix, year=year)
    row = NumberRange.objects.select_for_update().get(prefix=prefix, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return DocumentNumber(prefix, year, row.last)
