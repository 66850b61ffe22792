"""How a party is billed, up to which day, and what somebody saw before writing a collective invoice.

Not here: what is billed (``workflows.collective_billing``).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from design_system.widgets import DateWidget


class BillingRhythmForm(forms.Form):
    """One invoice per booking, or one for many."""

    rhythm = forms.ChoiceField(
        label=_("Rechnungen"),
        choices=[
            ("single", _("je Buchung, wie unter „Zahlung und Rechnung“ festgelegt")),
            ("month", _("gesammelt, am Ersten für den Monat davor")),
            ("season", _("gesammelt, am 1. August für die Saison davor")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Eine Serie steht auf der Rechnung, sobald ihr letzter Termin vorbei ist."),
    )


class UntilForm(forms.Form):
    """The last day that counts; it lives in the address."""

    until_on = forms.DateField(label=_("Nutzungen bis"), widget=DateWidget)


class CollectiveForm(forms.Form):
    """What the person saw when pressing the button."""

    until_on = forms.DateField(widget=forms.HiddenInput)
    expected_cents = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReplaceForm(forms.Form):
    """What the bookings cost when the person looked."""

    owed_cents = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
