"""What a clerk has checked about someone who books.

Not here: the contact data; they come from the bookings.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import Choices
from design_system.form_choices import offer


class PartyFactsForm(forms.Form):
    """Customer group, residence, registration and a note."""

    customer_group = forms.ChoiceField(
        label=_("Geprüfte Nutzergruppe"),
        required=False,
        help_text=_("Diese Gruppe gilt dann bei jeder Buchung und lässt sich dort nicht mehr frei wählen."),
    )
    is_resident = forms.BooleanField(label=_("Wohnt oder sitzt in der Gemeinde"), required=False)
    is_registered = forms.BooleanField(
        label=_("Ist bei uns eingetragen"),
        required=False,
        help_text=_("Für Angebote, die nur eingetragene Vereine und Organisationen buchen dürfen."),
    )
    staff_note = forms.CharField(
        label=_("Interne Notiz"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sehen nur Kolleginnen und Kollegen."),
    )

    def __init__(self, *args: object, groups: Choices, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments pass through
        offer(self, "customer_group", [("", _("keine geprüft")), *groups])
