"""The living component page: every component in every state, for eyes, axe and the keyboard.

Not here: the values it shows (``gallery_samples``), the URL (``config``).
"""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from design_system import gallery_charts as charts
from design_system import gallery_plans as plans
from design_system import gallery_samples as samples
from design_system.icons import PATHS
from design_system.widgets import (
    CardsWidget,
    ChecksWidget,
    ChipsWidget,
    CodeWidget,
    ColourWidget,
    CountWidget,
    DateWidget,
    MoneyWidget,
    TimeWidget,
)

MOST_ROWS = 2000


class SampleForm(forms.Form):
    """One field of every kind."""

    purpose = forms.CharField(
        label="Wofür brauchen Sie den Raum?", help_text="Zum Beispiel: Geburtstag, Probe."
    )
    mail = forms.EmailField(label="E-Mail", help_text="Dorthin schicken wir die Bestätigung.")
    note = forms.CharField(label="Noch etwas?", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    day = forms.DateField(label="Tag", widget=DateWidget())
    start = forms.TimeField(label="Beginn", widget=TimeWidget())
    people = forms.IntegerField(label="Personen", min_value=1, widget=CountWidget())
    price = forms.CharField(label="Entgelt pro Stunde", required=False, widget=MoneyWidget())
    group = forms.ChoiceField(
        label="Wer bucht?",
        widget=CardsWidget(),
        choices=[
            ("citizen", "Privatperson\nSie wohnen in der Gemeinde oder anderswo."),
            ("club", "Verein aus der Gemeinde\nVereine zahlen weniger; wir prüfen die Angabe."),
            ("firm", "Firma\nSie bekommen eine Rechnung."),
        ],
    )
    part = forms.ChoiceField(
        label="Welcher Teil?", widget=ChipsWidget(), choices=[("a", "Ganz"), ("b", "Hälfte")]
    )
    weekdays = forms.MultipleChoiceField(
        label="Wochentage", required=False, widget=ChecksWidget(), choices=[("5", "Sa"), ("6", "So")]
    )
    seats = forms.ChoiceField(
        label="Bestuhlung", widget=forms.RadioSelect, choices=[("rows", "Reihen"), ("tables", "Tische")]
    )
    extras = forms.MultipleChoiceField(
        label="Dazu",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("kitchen", "Küche"), ("stage", "Bühne"), ("sound", "Tonanlage")],
    )
    place = forms.ChoiceField(
        label="Raum",
        choices=[
            ("", "Bitte wählen"),
            ("Dörpshus", [("1", "Großer Saal"), ("2", "Kleiner Saal")]),
            ("Schule", [("3", "Turnhalle")]),
        ],
    )
    plan = forms.FileField(label="Lageplan", required=False, help_text="PDF oder Bild, höchstens 5 MB.")
    colour = forms.CharField(label="Farbe der Gemeinde", widget=ColourWidget(), initial="#1f6f54")
    code = forms.CharField(label="Code aus der E-Mail", widget=CodeWidget(), help_text="Sechs Ziffern.")
    rules = forms.BooleanField(label="Ich habe die Hausordnung gelesen.")

    def clean(self) -> None:
        """Refuse always, so that the page can show the summary."""
        self.add_error(None, "Der Raum ist um diese Zeit schon vergeben. Frei ist er ab 18 Uhr.")


class SearchForm(forms.Form):
    """What, when, how many: the first question of a town's page."""

    what = forms.CharField(label="Was haben Sie vor?")
    when = forms.DateField(label="Wann?", widget=DateWidget())
    people = forms.IntegerField(label="Wie viele Personen?", widget=CountWidget())


def component_gallery(request: HttpRequest) -> HttpResponse:
    """Show all components; ``?rows=500`` fills the table, ``?layout=office|wizard`` changes the frame."""
    rows = min(int(digits), MOST_ROWS) if (digits := request.GET.get("rows", "")).isdecimal() else 12
    layout = request.GET.get("layout", "")
    frame = {"office": "base_backoffice", "wizard": "base_wizard"}.get(layout, "base_citizen")
    wrong = SampleForm(
        {"mail": "erika", "group": "club", "people": "0", "day": "2026-02-30"}, auto_id="wrong_%s"
    )
    context = {
        "frame": f"design_system/{frame}.html",
        "site": samples.FACE,
        "main_nav": samples.MAIN_NAV,
        "side_nav": samples.SIDE_NAV if layout == "office" else None,
        "account_nav": samples.ACCOUNT_NAV,
        "account_name": "Erika Mustermann",
        "breadcrumbs": samples.CRUMBS,
        "theme": request.GET.get("theme", ""),
        "wizard_steps": samples.STEPS,
        "wizard_title": _("Fortschritt"),
        "icons": sorted(PATHS),
        "search": SearchForm(auto_id="search_%s"),
        "form": SampleForm(),
        "wrong": wrong,
        "page": Paginator(range(240), 10).get_page(request.GET.get("page", 7)),
        "table": samples.bookings_table(rows),
        "held_until": timezone.now() + timedelta(minutes=12),
        "plans": plans,
        "charts": charts,
        "samples": samples,
    }
    return render(request, "design_system/gallery.html", context)
