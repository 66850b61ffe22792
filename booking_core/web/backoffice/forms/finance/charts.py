"""Which year, what counts and which location the charts show; it lives in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design_system.form_choices import offer


class ChartForm(forms.Form):
    """The filters of the page; what is wrong falls back to the usual."""

    year = forms.ChoiceField(label=_("Jahr"), required=False)
    measure = forms.ChoiceField(
        label=_("Einnahmen"),
        required=False,
        choices=[("paid", _("gezahlt")), ("charged", _("berechnet"))],
    )
    location = forms.ChoiceField(
        label=_("Auslastung von"), required=False, widget=forms.Select(attrs={"class": "b-wide"})
    )

    def __init__(
        self, *args: Any, years: Sequence[int], locations: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "year", [(str(year), str(year)) for year in years])
        offer(self, "location", locations)
