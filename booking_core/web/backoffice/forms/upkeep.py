"""Photos and closures.

Not here: reading a picture (``catalog.services.photos``), which bookings a closure hits (``reservations``).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.times import SpanForm


class PhotoForm(forms.Form):
    """A picture and what it shows."""

    picture = forms.FileField(
        label=_("Bild"),
        help_text=_("JPEG, PNG oder WebP, höchstens 15 MB. Ortsangaben im Bild werden entfernt."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("Bildbeschreibung"),
        max_length=300,
        help_text=_("Für alle, die das Bild nicht sehen: Was ist zu sehen?"),
        error_messages={"required": _("Beschreiben Sie das Bild in einem Satz.")},
    )


class ClosureForm(SpanForm):
    """Time in which something is out of use; ``place`` reads ``l3`` (location 3) or ``r7`` (resource 7)."""

    place = forms.ChoiceField(label=_("Was wird gesperrt?"))
    reason = forms.CharField(
        label=_("Grund"),
        max_length=200,
        help_text=_("Zum Beispiel: Bodenpflege. Bürgerinnen und Bürger sehen ihn."),
    )
    field_order = ["place"]

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a choice field
        self.order_fields(
            ["place", *(name for name in self.fields if name not in {"place", "reason"}), "reason"]
        )
