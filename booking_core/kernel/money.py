"""Money: whole cents with a currency, and the one rounding rule (half up, per line).

Not here: prices, taxes, how an amount is printed in a language (``design_system``).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

CURRENCY = "EUR"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole cents. Negative amounts are credits.

    >>> Money.from_decimal(Decimal("40.70")) * 2
    Money(cents=8140, currency='EUR')
    """

    cents: int
    currency: str = CURRENCY

    @classmethod
    def from_decimal(cls, euros: Decimal | str, currency: str = CURRENCY) -> Self:
        """Round ``euros`` half up (away from zero) to the cent."""
        cents = (Decimal(euros) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(int(cents), currency)

    @property
    def euros(self) -> Decimal:
        """The amount in euros, always with two decimals."""
        return (Decimal(self.cents) / 100).quantize(Decimal("0.01"))

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.cents - other.cents, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def __mul__(self, factor: int | Decimal) -> "Money":
        """Multiply, rounding half up to the cent."""
        return Money.from_decimal(Decimal(self.cents) * Decimal(factor) / 100, self.currency)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        return f"{self.euros} {self.currency}"

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")


ZERO = Money(0)


def total(amounts: "list[Money] | tuple[Money, ...]") -> Money:
    """Sum amounts of one currency; nothing sums to zero euros."""
    result = ZERO if not amounts else Money(0, amounts[0].currency)
    for amount in amounts:
        result = result + amount
    return result
