"""An amount of money as people type it.

Not here: what it is for (``movements``, ``profile``).
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from booking_core.kernel.money import Money
from design_system.widgets import MoneyWidget

_AMOUNT = re.compile(r"^(-?)(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,2}))?$")
_WITH_POINT = re.compile(r"^-?\d{1,9}\.\d{1,2}$")


class EuroField(forms.CharField):
    """``1.234,50``, ``90`` or ``90.5``; cleaned to Money. Below zero only where ``allows_credit``."""

    def __init__(self, *, allows_credit: bool = False, **options: Any) -> None:
        self.allows_credit = allows_credit
        super().__init__(widget=MoneyWidget(), max_length=16, **options)

    def prepare_value(self, value: Any) -> Any:
        return euro_text(value) if isinstance(value, Money) else value

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        if not text:
            return None
        amount = read_euro(text)
        if amount is None:
            raise forms.ValidationError(_("Schreiben Sie den Betrag so: 90,00"))
        if amount.cents < 0 and not self.allows_credit:
            raise forms.ValidationError(_("Der Betrag darf nicht unter null liegen."))
        return amount


def read_euro(text: str) -> Money | None:
    """Read an amount as Germans write it, or with a decimal point; None where it is none.

    >>> read_euro("1.234,50"), read_euro("90"), read_euro("0.5"), read_euro("viel")
    (Money(cents=123450, currency='EUR'), Money(cents=9000, currency='EUR'), Money(cents=50, currency='EUR'), None)
    """
    plain = re.sub(r"[\s\u00a0€]", "", text).replace("−", "-")
    if _WITH_POINT.match(plain):
        return Money.from_decimal(Decimal(plain))
    found = _AMOUNT.match(plain)
    if found is None:
        return None
    sign, whole, cents = found.groups()
    return Money.from_decimal(Decimal(f"{sign}{whole.replace('.', '')}.{cents or '0'}"))


def euro_text(amount: Money) -> str:
    """The amount as the field shows it."""
    return f"{amount.euros}".replace(".", ",")
