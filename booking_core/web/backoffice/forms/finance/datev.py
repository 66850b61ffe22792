"""What a DATEV file needs to know of the town: consultant, client, fiscal year, accounts.

Not here: checks across fields (``finance.services.handover_settings``).
"""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.finance.exports.settings import (
    ROLE_LABELS,
    TAX_CASE_LABELS,
    DatevSettings,
    IncomeAccount,
    Role,
    TaxCase,
)
from design_system.form_groups import GroupedForm
from design_system.widgets import CountWidget


class DatevForm(GroupedForm):
    """Accounts may stay empty: only what a period needs is asked for when its file is made."""

    consultant = forms.IntegerField(
        label=_("Beraternummer"), min_value=1001, max_value=9_999_999, widget=CountWidget
    )
    client = forms.IntegerField(label=_("Mandantennummer"), min_value=1, max_value=99_999, widget=CountWidget)
    year_starts_month = forms.TypedChoiceField(
        label=_("Wirtschaftsjahr beginnt im"), coerce=int, choices=list(MONTHS.items())
    )
    account_length = forms.TypedChoiceField(
        label=_("Stellen der Sachkonten"), coerce=int, choices=[(n, str(n)) for n in range(4, 9)]
    )
    first_person = forms.IntegerField(
        label=_("Personenkonten ab"),
        min_value=10_000,
        max_value=699_999_999,
        required=False,
        widget=CountWidget,
        help_text=_("Eine Stelle mehr als Sachkonten. Leer lassen: alle auf dem Sammelkonto."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for role in Role:
            self.fields[f"account_{role.value}"] = _account(str(ROLE_LABELS[role]))
        for case in TaxCase:
            label = str(TAX_CASE_LABELS[case])
            self.fields[f"income_{case.value}"] = _account(gettext("Erlöskonto: %(case)s") % {"case": label})
            self.fields[f"key_{case.value}"] = forms.RegexField(
                r"^[0-9]{0,4}$",
                label=gettext("BU-Schlüssel: %(case)s") % {"case": label},
                required=False,
                help_text=gettext("Leer lassen bei Automatikkonten."),
                error_messages={"invalid": gettext("Bis zu vier Ziffern.")},
            )

    def groups(self) -> list[tuple[str, list[str]]]:
        """The office, the accounts, and for each tax case its income account beside its key."""
        accounts = [f"account_{role.value}" for role in Role]
        income = [f"{kind}_{case.value}" for case in TaxCase for kind in ("income", "key")]
        office = [name for name in self.fields if name not in {*accounts, *income}]
        return [
            (gettext("Mandant"), office),
            (gettext("Sachkonten"), accounts),
            (gettext("Erlöse nach Steuerfall"), income),
        ]

    def settings(self) -> DatevSettings:
        """What was typed."""
        typed = self.cleaned_data
        return DatevSettings(
            consultant=typed["consultant"],
            client=typed["client"],
            year_starts_month=typed["year_starts_month"],
            account_length=typed["account_length"],
            first_person=typed["first_person"],
            accounts={role: typed[f"account_{role.value}"] for role in Role},
            income={
                case: IncomeAccount(account=typed[f"income_{case.value}"], tax_key=typed[f"key_{case.value}"])
                for case in TaxCase
            },
        )


def datev_initial(settings: DatevSettings) -> dict[str, object]:
    """What the form shows of stored settings."""
    return {
        **settings.model_dump(exclude={"accounts", "income"}),
        **{f"account_{role.value}": number for role, number in settings.accounts.items()},
        **{f"income_{case.value}": income.account for case, income in settings.income.items()},
        **{f"key_{case.value}": income.tax_key for case, income in settings.income.items()},
    }


def _account(label: str) -> forms.RegexField:
    return forms.RegexField(
        r"^[0-9]{0,8}$",
        label=label,
        required=False,
        error_messages={"invalid": gettext("Nur Ziffern, höchstens acht.")},
    )
