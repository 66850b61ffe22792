"""The clerk's editor: begin a draft, change entries in forms, prices in tables, and see what follows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.engines.ordinance.editing import AddEntry, SetFields
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.drafts import copy_version, edit_draft, start_ordinance
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.web.backoffice.presenters.ordinance_editor.sections import SECTIONS
from tests.unit.web.entry_pages import sent_back
from tests.web.backoffice.conftest import Office

HTMX = {"hx-request": "true"}


@pytest.fixture
def draft_id(office: Office) -> int:
    """The next version of the ordinance in force, as a draft."""
    return copy_version(office.version_id, actor=SYSTEM).id


def url(name: str, *args: object) -> str:
    return reverse(f"backoffice_{name}", args=args)


def opened(client: Client, address: str, form_id: str = "eintrag") -> dict[str, Any]:
    """What a browser would send back for one form of a page."""
    html = client.get(address).content.decode()
    start = html.index(f'id="{form_id}"')
    return dict(sent_back(html[start : html.index("</form>", start)]).lists())


def rates(draft_id: int) -> Any:
    return stored_version(draft_id).document.content.rates


def test_every_section_opens_with_the_calculator_beside(office: Office, clerk: Client, draft_id: int) -> None:
    for section in SECTIONS:
        page = clerk.get(url("draft_section", draft_id, section.slug))
        assert page.status_code == 200
        assert page.context["quote"].price.total.replace("\xa0", " ") == "90,00 €"
    assert clerk.get(url("draft_section", draft_id, "luftschloss")).status_code == 404


def test_a_clerk_begins_an_ordinance_from_nothing(office: Office, clerk: Client) -> None:
    typed = {
        "name": "Entgelte der Scheune",
        "municipality": "Borgstedt",
        "state": "SH",
        "resource": "Tenne",
        "kind": "hall",
    }
    answer = clerk.post(url("ordinance_new"), typed)
    draft = next(one for one in ordinances_list() if one.code == "entgelte-der-scheune").versions[0]
    assert answer["Location"] == url("draft_section", draft.id, "angebote")
    assert clerk.post(url("ordinance_new"), typed).status_code == 422


def test_a_clerk_copies_a_published_version(office: Office, clerk: Client) -> None:
    answer = clerk.post(url("version_copy", office.version_id))
    newest = ordinances_list()[0].versions[0]
    assert (newest.number, newest.state) == (2, "draft")
    assert answer["Location"] == url("draft_section", newest.id, "preise")
    assert clerk.get(url("draft", office.version_id)).status_code == 409


def test_prices_are_typed_into_a_table(office: Office, clerk: Client, draft_id: int) -> None:
    page = url("draft_section", draft_id, "preise")
    typed = {"liste": "rates", "eintrag": "room_rates", "tabelle": "0-0", "revision": "0", "zelle-0": "95,50",
             "zelle-1": "45", "zelle-2": "65", "zelle-3": "", "zelle-4": "50"}  # fmt: skip
    assert clerk.post(page, {**typed, "zelle-0": "viel"}).status_code == 422
    assert clerk.post(page, typed).status_code == 302
    cells = rates(draft_id)[0].cells
    assert [str(cell.price.amount) for cell in cells] == ["95.50", "45.00", "65.00", "50.00"]
    late = clerk.post(page, typed)
    assert late.status_code == 409
    assert "Kim Clerk hat diesen Entwurf inzwischen geändert" in late.content.decode()
    assert clerk.post(page, {**typed, "tabelle": "9-9"}).status_code == 404


def test_an_entry_is_changed_in_its_form(office: Office, clerk: Client, draft_id: int) -> None:
    address = url("draft_entry", draft_id, "rates", "by_the_hour")
    data = opened(clerk, address)
    data["steps-0-price"] = "22"
    assert clerk.post(address, data).status_code == 302
    assert str(rates(draft_id)[1].steps[0].price.amount) == "22"
    assert rates(draft_id)[1].steps[1:] == rates(office.version_id)[1].steps[1:]


def test_nothing_typed_is_lost_when_somebody_was_faster(office: Office, clerk: Client, draft_id: int) -> None:
    address = url("draft_entry", draft_id, "rates", "by_the_hour")
    data = opened(clerk, address)
    data["steps-0-price"] = "22"
    edit_draft(draft_id, SetFields({"in_force": "2027"}), revision=0, about={}, actor=SYSTEM)
    late = clerk.post(address, data)
    assert late.status_code == 409
    assert late.context["form"]["steps-0-price"].value() == "22"
    again = sent_back(late.content.decode())["revision"]
    assert (
        clerk.post(
            address, {"revision": again, **{k: v for k, v in data.items() if k != "revision"}}
        ).status_code
        == 302
    )
    found = stored_version(draft_id).document
    assert str(found.content.rates[1].steps[0].price.amount) == "22"  # type: ignore[index,union-attr]  # steps
    assert found.info.in_force == "2027"


def test_a_fault_is_said_at_its_field(office: Office, clerk: Client, draft_id: int) -> None:
    address = url("draft_entry", draft_id, "rates", "by_the_hour")
    data = opened(clerk, address)
    data["steps-0-price"] = "viel"
    answer = clerk.post(address, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["steps-0-price"]


def test_an_entry_is_added_with_a_name_of_its_own(office: Office, clerk: Client, draft_id: int) -> None:
    address = url("draft_new", draft_id, "adjustments")
    data = opened(clerk, address)
    data.update({"label-de": "Wochenende", "percent": "20"})
    data["when-weekday"] = ["sat", "sun"]
    assert clerk.post(address, data).status_code == 302
    added = stored_version(draft_id).document.content.adjustments[0]
    assert (added.id, added.label.en, str(added.percent), added.when.weekday) == (
        "wochenende", "Wochenende", "20", ("sat", "sun"),
    )  # fmt: skip


def test_a_table_is_begun_and_filled_row_by_row(office: Office, clerk: Client, draft_id: int) -> None:
    address = f"{url('draft_new', draft_id, 'rates')}?art=cells"
    data = opened(clerk, address)
    data["label-de"] = "Foyer"
    data["priority"] = "5"
    answer = clerk.post(address, data)
    assert answer["Location"] == url("draft_entry", draft_id, "rates", "foyer")
    row = url("draft_row_new", draft_id, "rates", "foyer")
    data = opened(clerk, row)
    data["price-amount"] = "12"
    data["resource"] = ["teekueche"]
    assert clerk.post(row, data).status_code == 302
    cell = rates(draft_id)[-1].cells[0]
    assert (cell.resource, str(cell.price.amount)) == (("teekueche",), "12")
    assert clerk.get(url("draft_row_entry", draft_id, "rates", "foyer", 0)).status_code == 200
    assert clerk.get(url("draft_row_entry", draft_id, "rates", "foyer", 7)).status_code == 404


def test_an_entry_is_changed_as_text_with_line_and_field(
    office: Office, clerk: Client, draft_id: int
) -> None:
    address = url("draft_entry", draft_id, "payment", "payment")
    text = "id: payment\ntext: {de: Sofort zahlen., en: Pay at once.}\ndue: {days: 14}\n"
    sent = {"form": "text", "revision": "0", "text": text}
    wrong = clerk.post(address, {**sent, "text": text.replace("days: 14", "days: bald")})
    assert wrong.status_code == 422
    assert "Zeile 3" in wrong.context["text_form"].errors["text"][0]
    assert clerk.post(address, sent).status_code == 302
    assert stored_version(draft_id).document.content.payment[0].due.days == 14  # type: ignore[union-attr]  # just set


def test_what_is_still_named_is_not_deleted(office: Office, clerk: Client, draft_id: int) -> None:
    refused = clerk.post(url("draft_delete", draft_id, "groups", "private"), {"revision": "0"})
    assert refused.status_code == 409
    assert clerk.get(url("draft_delete", draft_id, "groups", "private")).status_code == 200
    places = [words for words, _url in refused.context["places"]]
    assert any(words.startswith("Was kostet es? › Gebühren je Raum") for words in places)
    address = url("draft_delete", draft_id, "payment", "payment")
    assert clerk.get(address).status_code == 200
    assert clerk.post(address, {"revision": "0"}).status_code == 302
    assert stored_version(draft_id).document.content.payment == ()


def test_entries_move(office: Office, clerk: Client, draft_id: int) -> None:
    clerk.post(url("draft_move", draft_id, "rates", "by_the_hour"), {"revision": "0", "steps": "-1"})
    assert [rate.id for rate in rates(draft_id)][:2] == ["by_the_hour", "room_rates"]


def test_the_calculator_answers_what_is_typed_but_not_saved(
    office: Office, clerk: Client, draft_id: int
) -> None:
    page = url("draft_section", draft_id, "preise")
    case = opened(clerk, page, "fall")
    typed = {"liste": "rates", "eintrag": "room_rates", "tabelle": "0-0", "revision": "0", "zelle-0": "120",
             "zelle-1": "45", "zelle-2": "65", "zelle-3": "25", "zelle-4": "50"}  # fmt: skip
    part = clerk.post(f"{page}?vorschau=1", {**case, **typed}, headers=HTMX)
    assert part.context["quote"].price.total.replace("\xa0", " ") == "120,00 €"
    assert "birthday_one_day" in part.context["failing"]
    assert part.context["is_tentative"]
    assert str(rates(draft_id)[0].cells[0].price.amount) == "90.00"
    half = clerk.post(f"{page}?vorschau=1", {**case, **typed, "zelle-0": "1x"}, headers=HTMX)
    assert half.context["quote"].price.total.replace("\xa0", " ") == "90,00 €"
    entry = url("draft_entry", draft_id, "rates", "by_the_hour")
    assert clerk.post(f"{entry}?vorschau=1", opened(clerk, entry), headers=HTMX).status_code == 200


def test_the_case_stays_and_works_without_scripts(office: Office, clerk: Client, draft_id: int) -> None:
    page = url("draft_section", draft_id, "regeln")
    case = opened(clerk, page, "fall")
    case["fall-codes"] = ["kleiner_saal"]
    answer = clerk.post(url("draft_case", draft_id), case)
    assert answer["Location"] == f"{page}#rechner"
    for section in ("regeln", "preise"):
        shown = clerk.get(url("draft_section", draft_id, section)).context["quote"]
        assert shown.price.total.replace("\xa0", " ") == "45,00 €"
    case["zurueck"] = "https://anderswo.example/"
    assert clerk.post(url("draft_case", draft_id), case)["Location"].startswith("/verwaltung/")


def test_roles_edit_drafts_and_only_administrators_publish(office: Office, draft_id: int) -> None:
    page, publish = url("draft_section", draft_id, "preise"), url("version_publish", draft_id)
    found = {role: (office.client(role).get(page).status_code, office.client(role).get(publish).status_code)
             for role in ("administrator", "clerk", "treasurer", "reader", "caretaker")}  # fmt: skip
    assert found == {"administrator": (200, 200), "clerk": (200, 403), "treasurer": (403, 403),
                     "reader": (403, 403), "caretaker": (403, 403)}  # fmt: skip


def test_the_version_page_offers_what_a_role_may_do(office: Office, draft_id: int) -> None:
    labels = {role: {action.label for action in office.client(role).get(url("version", draft_id)).context["actions"]}
              for role in ("administrator", "clerk", "reader")}  # fmt: skip
    assert "Veröffentlichen" in labels["administrator"]
    assert "Bearbeiten" in labels["clerk"]
    assert "Veröffentlichen" not in labels["clerk"]
    assert labels["reader"] == {"Rechner", "Simulation", "Vergleichen", "Verlauf", "Als YAML laden"}


def test_a_draft_is_thrown_away_after_asking(office: Office, clerk: Client, draft_id: int) -> None:
    assert clerk.get(url("draft_discard", draft_id)).status_code == 200
    assert clerk.post(url("draft_discard", draft_id), {"revision": "0"}).status_code == 302
    assert [row.id for row in ordinances_list()[0].versions] == [office.version_id]


def test_sixty_offers_and_eight_groups_stay_usable(office: Office, clerk: Client) -> None:
    count = 60
    draft = start_ordinance(code="gross", name="Groß", municipality="X", state="SH", resource="Saal", kind="hall",
                            actor=SYSTEM)  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"id": f"r{number}", "label": {"de": f"Raum {number}", "en": f"Room {number}"}, "kind": "room"}
        for number in range(count)
    ]
    groups = [{"id": f"g{number}", "label": {"de": f"G{number}", "en": f"G{number}"}} for number in range(8)]
    cells = [{"resource": row["id"], "group": group["id"], "price": number}
             for number, row in enumerate(rows) for group in groups]  # fmt: skip
    rate = {"id": "table", "measure": "day", "cells": cells}
    edit_draft(draft.id, SetFields({"resources": rows, "groups": groups, "rates": [rate]}), revision=0, about={},
               actor=SYSTEM)  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = clerk.get(url("draft_section", draft.id, "preise"))
    assert page.status_code == 200
    assert len(queries) < 20
    tables = page.context["lists"][0].rows[0].tables
    assert sum(len(table.fields) for table in tables) == count * 8 + 2 * len(tables)
    typed = sent_back(tables[0].render())
    typed.update({"liste": "rates", "eintrag": "table", "zelle-3": "7,50"})
    assert clerk.post(url("draft_section", draft.id, "preise"), typed).status_code == 302


def test_an_empty_cell_becomes_a_row_of_the_table(office: Office, clerk: Client, draft_id: int) -> None:
    cell = {
        "resource": ["grosser_saal"],
        "group": ["private"],
        "purpose": ["private_event"],
        "price": {"amount": "70"},
    }
    rate = {"id": "by_group", "priority": 2, "measure": {"count": "days"}, "cells": [cell]}
    edit_draft(draft_id, AddEntry("rates", rate), revision=0, about={}, actor=SYSTEM)
    page = url("draft_section", draft_id, "preise")
    table = clerk.get(page).context["lists"][0].rows[3].tables[0]
    typed = sent_back(table.render())
    empty = next(name for name in typed if name.startswith("neu-"))
    typed.update({"liste": "rates", "eintrag": "by_group", empty: "80"})
    assert clerk.post(page, typed).status_code == 302
    cells = rates(draft_id)[3].cells
    assert [(one.group, one.purpose, str(one.price.amount)) for one in cells] == [
        (("private",), ("private_event",), "70"), (("local_org",), ("private_event",), "80"),
    ]  # fmt: skip
