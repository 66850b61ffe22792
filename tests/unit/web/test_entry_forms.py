"""The law of the editor's forms: opening and saving one changes nothing, and a change writes just that."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from booking_core.engines.ordinance.editing import Address
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices
from booking_core.web.backoffice.forms.ordinance_editor.entries import (
    INNER,
    completed,
    dropped_by,
    groups_of,
    price_kind,
)
from booking_core.web.backoffice.forms.ordinance_editor.entry_form import EntryForm
from booking_core.web.backoffice.forms.ordinance_editor.entry_text import EntryTextForm
from booking_core.web.backoffice.forms.ordinance_editor.named_groups import NAMED, basic_groups
from tests.unit.engines.ordinance.documents import PATHS, document
from tests.unit.web.entry_pages import sent_back

FIELDS = "design_system/forms/fields.html"
ENOUGH, FEWEST_KINDS = 2, 15
Forms = Iterator[tuple[str, Any, dict[str, Any]]]


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    with translation.override("de"):
        yield


def _all_forms(name: str) -> Forms:
    """Every form of a document: the whole, every entry, every row inside one."""
    choices = DocumentChoices(document(name))
    yield "basics", basic_groups(choices), choices.data
    for listed in (*NAMED, *RULE_LISTS, "examples"):
        for entry in choices.entries(listed):
            address = Address(listed, entry["id"])
            yield f"{listed}/{entry['id']}", _groups(address, choices, entry), entry
            inner = INNER.get(listed, "")
            for row, part in enumerate(entry.get(inner) or ()):
                place = Address(listed, entry["id"], inner, row)
                yield f"{listed}/{entry['id']}/{row}", _groups(place, choices, part), part


def _groups(address: Address, choices: DocumentChoices, entry: dict[str, Any]) -> Any:
    return groups_of(address, choices, entry, price_kind(address, entry, ""))


def _assert_unchanged(name: str, forms: Forms) -> int:
    count = 0
    for place, groups, entry in forms:
        shown = EntryForm(groups=groups, entry=entry, initial={"revision": 0})
        sent = EntryForm(sent_back(shown.render(template_name=FIELDS)), groups=groups, entry=entry)
        assert sent.is_valid(), (name, place, sent.errors)
        assert sent.entry_after() == entry, (name, place)
        count += 1
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_saving_every_form_unchanged_leaves_every_document_equal(name: str) -> None:
    assert _assert_unchanged(name, _all_forms(name)) > 5


def test_saving_forms_unchanged_leaves_the_document_equal() -> None:
    """The first forms of each kind in each document, until a kind was seen often enough; ``make prove`` takes all."""
    seen: dict[str, int] = {}
    for path in PATHS:
        few, here = [], set()
        for place, groups, entry in _all_forms(path.stem):
            kind = f"{place.split('/')[0]}{place.count('/')}"
            if kind not in here and seen.get(kind, 0) < ENOUGH:
                here.add(kind)
                seen[kind] = seen.get(kind, 0) + 1
                few.append((place, groups, entry))
        _assert_unchanged(path.stem, iter(few))
    assert len(seen) > FEWEST_KINDS


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_an_entry_as_text_reads_back_equal(name: str) -> None:
    choices = DocumentChoices(document(name))
    for listed in RULE_LISTS:
        for entry in choices.entries(listed):
            shown = EntryTextForm(entry=entry)
            sent = EntryTextForm(
                {"revision": "0", "form": "text", "text": shown.initial["text"]}, entry=entry
            )
            assert sent.is_valid(), sent.errors
            assert sent.entry_after() == entry


def _filled(entry: dict[str, Any], address: Address, kind: str = "", **typed: str | list[str]) -> EntryForm:
    """The form of an entry with some answers changed."""
    choices = DocumentChoices(document("borgstedt-doerpshus"))
    groups = groups_of(address, choices, entry, price_kind(address, entry, kind))
    data = sent_back(
        EntryForm(groups=groups, entry=entry, initial={"revision": 3}).render(template_name=FIELDS)
    )
    for name, value in typed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return EntryForm(
        data, groups=groups, entry=entry, drops=dropped_by(address, price_kind(address, entry, kind))
    )


def _entry(listed: str, entry_id: str) -> dict[str, Any]:
    return next(
        one
        for one in DocumentChoices(document("borgstedt-doerpshus")).entries(listed)
        if one["id"] == entry_id
    )


def test_a_change_writes_just_the_field_it_is_about() -> None:
    entry = _entry("limits", "beyond_eight_hours")
    form = _filled(entry, Address("limits", entry["id"]), otherwise="refused", when__hours__low="9")
    assert form.is_valid(), form.errors
    after = form.entry_after()
    assert after["otherwise"] == "refused"
    assert after["when"]["hours"] == {"over": "9", "under": "23"}
    assert after["when"]["none_of"] == entry["when"]["none_of"]
    assert {name for name in after if after[name] != entry.get(name)} == {"otherwise", "when"}


def test_steps_are_put_in_order_and_empty_rows_are_no_steps() -> None:
    entry = _entry("rates", "by_the_hour")
    form = _filled(
        entry, Address("rates", entry["id"]),
        **{"steps__3__up_to": "2", "steps__3__price": "12,50", "steps__1__price": "", "steps__1__up_to": "",
           "steps__1__label-de": ""},
    )  # fmt: skip
    assert form.is_valid(), form.errors
    steps = form.entry_after()["steps"]
    assert [(step["up_to"]["number"], step["price"]["amount"]) for step in steps] == [
        ("2", "12.50"), ("4", "20.00"), ("8", "40.00"),
    ]  # fmt: skip
    assert steps[1]["label"] == {"de": "bis 4 Stunden", "en": "up to 4 hours"}


def test_another_way_to_price_takes_the_old_one_away() -> None:
    entry = _entry("rates", "by_the_hour")
    form = _filled(entry, Address("rates", entry["id"]), "price", price__amount="25")
    assert form.is_valid(), form.errors
    after = form.entry_after()
    assert "steps" not in after
    assert after["price"] == {"amount": "25"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"steps__0__price": "viel"}, "steps-0-price"),
        ({"steps__0__price": ""}, "steps-0-price"),
        ({"steps__1__up_to": "4"}, "steps-1-up_to"),
        ({"when__hours__low": "9"}, "when-hours-high"),
        ({"when__starts__from": "25:00"}, "when-starts-from"),
        ({"when__season__0__from": "31.12."}, "when-season-0-to"),
        ({"when__season__0__from": "Herbst", "when__season__0__to": "1.2."}, "when-season-0-from"),
        ({"measure__step": "-1"}, "measure-step"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(typed: dict[str, str], field: str) -> None:
    entry = _entry("rates", "by_the_hour")
    form = _filled(entry, Address("rates", entry["id"]), **typed)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_what_the_language_says_stands_at_the_field_it_is_about() -> None:
    entry = _entry("rates", "by_the_hour")
    form = _filled(entry, Address("rates", entry["id"]))
    assert form.is_valid()
    form.show_faults(
        [
            (("rates", 1, "steps", 2, "price"), "falsch"),
            (("rates", 1, "when", "group", 0), "fehlt"),
            (("tax",), "x"),
        ],
        inside=("rates", 1),
    )
    assert set(form.errors) == {"steps-2-price", "when-group", "__all__"}


def test_what_a_form_cannot_show_is_named_and_kept() -> None:
    choices = DocumentChoices(document("schleswig-maerkte"))
    entry = next(one for one in choices.entries("rates") if one["id"] == "weekly_market")
    groups = _groups(Address("rates", entry["id"]), choices, entry)
    form = EntryForm(groups=groups, entry=entry, initial={"revision": 0})
    assert any(section.kept for section in form.sections())
    assert "measure-what" not in form.fields


def test_a_fault_in_the_text_names_line_and_field() -> None:
    entry = _entry("rates", "by_the_hour")
    broken = EntryTextForm({"revision": "0", "form": "text", "text": "id: x\n  steps: ["}, entry=entry)
    assert not broken.is_valid()
    assert "Zeile" in broken.errors["text"][0]
    form = EntryTextForm(
        {"revision": "0", "form": "text", "text": "id: x\nprice: 3\nmeasure: jahr\n"}, entry=entry
    )
    assert form.is_valid()
    form.show_faults([(("rates", 0, "measure"), "Hier wird ein Maß erwartet.")], inside=("rates", 0))
    assert form.errors["text"] == ["Zeile 3: measure: Hier wird ein Maß erwartet."]


@pytest.mark.parametrize("listed", [*NAMED, *RULE_LISTS])
def test_an_empty_form_asks_for_what_is_needed(listed: str) -> None:
    choices = DocumentChoices(document("borgstedt-doerpshus"))
    groups = groups_of(Address(listed, ""), choices, {}, "price")
    form = EntryForm(QueryDict("revision=0"), groups=groups, entry={})
    assert not form.is_valid() or listed == "deposit"
    assert completed(
        listed, {"label": {"de": "Neu", "en": "New"}, "readings": [{"id": "a"}], "values": [{}]}, {}
    )["id"]
