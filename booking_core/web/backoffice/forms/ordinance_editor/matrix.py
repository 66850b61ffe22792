"""A table of prices as a form: one amount per cell. Only cells that changed are written.

Not here: how the table is laid out (``presenters.ordinance_editor.matrix``).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance.editing import Address, SetAmounts
from booking_core.web.backoffice.forms.ordinance_editor.inputs import decimal_field, figure_text
from booking_core.web.backoffice.presenters.ordinance_editor.matrix import Matrix, MatrixCell


class MatrixForm(forms.Form):
    """The amounts of one table. ``rows`` pairs its cells with their fields for the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    tabelle = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, matrix: Matrix, rule: Address, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matrix, self.rule = matrix, rule
        self.initial.setdefault("tabelle", matrix.key)
        for cell in self._cells():
            self.fields[cell.field] = decimal_field(
                cell.label, required=cell.condition is None and not rule_row(cell)
            )
            self.initial[cell.field] = Decimal(cell.amount) if cell.amount else None

    @property
    def rows(self) -> list[tuple[str, list[tuple[MatrixCell, Any]]]]:
        """Each line's label with its cells and their fields (None where there is nothing to type)."""
        return [
            (row.label, [(cell, self[cell.field] if cell.field else None) for cell in row.cells])
            for row in self.matrix.rows
        ]

    def change(self) -> SetAmounts:
        """What was typed, as one change of the document."""
        amounts: dict[Address, str] = {}
        added, removed = [], []
        for cell in self._cells():
            typed = self.cleaned_data.get(cell.field)
            if cell.condition is not None:
                if typed is not None:
                    price = {"price": {"amount": figure_text(typed)}}
                    added.append((self.rule, {**cell.condition, **price}))
            elif cell.address is not None and typed is None:
                removed.append(cell.address)
            elif cell.address is not None and typed != Decimal(cell.amount):
                amounts[cell.address] = str(figure_text(typed))
        return SetAmounts(amounts, added, removed)

    def show_faults(self, problems: Sequence[str]) -> None:
        """What the language says to the table as a whole."""
        for sentence in problems:
            self.add_error(None, sentence)

    def _cells(self) -> list[MatrixCell]:
        return [cell for row in self.matrix.rows for cell in row.cells if cell.field]


def rule_row(cell: MatrixCell) -> bool:
    """Whether the cell is a row of a table, so that emptying it takes the row away."""
    return cell.address is not None and bool(cell.address.inner)


EMPTY_HINT = _("Ein leeres Feld heißt: dafür nennt die Ordnung keinen Preis.")
