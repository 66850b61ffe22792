"""Forms come out tied together: label, hint, error, summary; through any way of printing.

Not here: looks.
"""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from design_system.components.forms import target_id
from design_system.renderers import FormRenderer
from design_system.widgets import CardsWidget, ChipsWidget, CodeWidget, DateWidget, MoneyWidget, TimeWidget


class Everything(forms.Form):
    """One field of every kind, all required."""

    default_renderer = FormRenderer

    name = forms.CharField(label="Name", help_text="Wie im Ausweis.")
    note = forms.CharField(label="Bemerkung", widget=forms.Textarea)
    day = forms.DateField(label="Tag", widget=DateWidget())
    start = forms.TimeField(label="Beginn", widget=TimeWidget())
    price = forms.CharField(label="Preis", widget=MoneyWidget())
    code = forms.CharField(label="Code", widget=CodeWidget())
    group = forms.ChoiceField(label="Gruppe", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    cards = forms.ChoiceField(label="Karten", widget=CardsWidget, choices=[("a", "A\nHinweis <b>")])
    chips = forms.ChoiceField(label="Teile", widget=ChipsWidget, choices=[("a", "A")])
    extras = forms.MultipleChoiceField(
        label="Dazu", widget=forms.CheckboxSelectMultiple, choices=[("k", "Küche")]
    )
    place = forms.ChoiceField(label="Raum", choices=[("", "–"), ("1", "Saal")])
    plan = forms.FileField(label="Plan")
    moment = forms.SplitDateTimeField(label="Moment")
    rules = forms.BooleanField(label="Hausordnung gelesen.")


class Ids(HTMLParser):
    """Collects what a page declares and what it points to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.declared: list[str] = []
        self.wanted: set[str] = set()
        self.controls: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.declared.append(values["id"])
            if tag in {"input", "select", "textarea"}:
                self.controls.add(values["id"])
        self.wanted |= set(values.get("aria-describedby", "").split())
        self.wanted |= {values["for"]} if tag == "label" and values.get("for") else set()
        self.wanted |= {values["href"][1:]} if values.get("href", "").startswith("#") else set()


@pytest.fixture
def refused() -> Everything:
    return Everything({})


def test_everything_pointed_to_exists_once(refused: Everything) -> None:
    ids = Ids(str(refused))
    assert ids.wanted <= set(ids.declared)
    assert len(ids.declared) == len(set(ids.declared))


def test_the_summary_leads_to_every_faulty_control(refused: Everything) -> None:
    ids = Ids(str(refused))
    targets = {target_id(field) for field in refused}
    assert len(targets) == len(Everything.base_fields)
    assert targets <= ids.controls
    assert targets <= ids.wanted


def test_a_field_is_described_by_its_hint_and_its_error(refused: Everything) -> None:
    html = refused["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_is_marked_and_required_is_not() -> None:
    class OneOfEach(forms.Form):
        default_renderer = FormRenderer
        must = forms.CharField()
        may = forms.CharField(required=False)

    form = OneOfEach()
    assert "(freiwillig)" in form["may"].as_field_group()
    assert "(freiwillig)" not in form["must"].as_field_group()
    with translation.override("en"):
        assert "(optional)" in form["may"].as_field_group()


def test_what_was_typed_comes_back_and_cannot_break_out() -> None:
    form = Everything(
        {"name": '"><script>', "note": "</textarea>", "place": "1", "extras": ["k"], "day": "2026-09-12"}
    )
    html = str(form)
    assert "<script>" not in html
    assert "&lt;/textarea&gt;" in html
    assert 'value="2026-09-12"' in html
    assert re.search(r'<option value="1" selected\s*>', html)
    assert 'value="k"' in html
    assert html.count(" checked") == 1


def test_a_card_shows_its_hint_escaped(refused: Everything) -> None:
    assert '<span class="b-choice-card__hint">Hinweis &lt;b&gt;</span>' in str(refused["cards"])


def test_a_whole_form_carries_token_encoding_and_way_back() -> None:
    template = Template('{% load ui %}{% ui_form form submit="Weiter" back_url="/zurueck" %}')
    html = template.render(Context({"form": Everything(), "csrf_token": "zeichen"}))
    assert 'name="csrfmiddlewaretoken" value="zeichen"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "novalidate" in html
    assert 'href="/zurueck"' in html
    assert "data-error-summary" not in html
