"""The tags: what they say to people and to screen readers, and that they escape.

Not here: forms (``test_forms``).
"""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from booking_core.kernel.spans import Span
from design_system.contracts import (
    Cell,
    Column,
    Crumb,
    DayStrip,
    FilterGroup,
    FilterLink,
    NavItem,
    Photo,
    PriceRow,
    PriceTable,
    Step,
    StripPart,
    SummaryRow,
    Table,
    WeekCell,
    WeekDay,
    WeekRow,
    WeekTable,
)
from design_system.icons import PATHS, UnknownIconError, icon_path

EVIL = "<script>alert(1)</script>"


def rendered(source: str, **context: object) -> str:
    html = Template("{% load ui formats %}" + source).render(Context(context))
    return " ".join(html.split())


def test_a_button_takes_any_attribute_and_leaves_out_what_is_off() -> None:
    html = rendered(
        '{% ui_button "Senden" kind="danger" name="tat" value="x" disabled=False aria_label="Los" %}'
    )
    assert 'type="submit"' in html
    assert "kern-btn--danger" in html
    assert 'name="tat" value="x" aria-label="Los"' in html
    assert "disabled" not in html


def test_an_icon_is_silent_unless_it_has_words() -> None:
    assert 'aria-hidden="true"' in rendered('{% ui_icon "check" %}')
    assert 'role="img" aria-label="fertig"' in rendered('{% ui_icon "check" label="fertig" %}')


def test_an_unknown_icon_is_an_error_not_a_gap() -> None:
    with pytest.raises(UnknownIconError):
        icon_path("einhorn")
    assert all(path.startswith("M") for path in PATHS.values())


@pytest.mark.parametrize(
    "source",
    [
        "{% ui_alert 'info' evil evil %}",
        "{% ui_badge evil %}",
        "{% ui_button evil %}",
        "{% ui_empty evil evil %}",
        "{% ui_copy evil evil %}",
        "{% ui_card evil text=evil %}",
        "{% ui_progress 1 2 label=evil text=evil %}",
        "{% ui_notice 'info' evil %}{{ evil }}{% endui_notice %}",
        "{% ui_panel evil %}{{ evil }}{% endui_panel %}",
        "{% ui_details evil %}{{ evil }}{% endui_details %}",
        "{% ui_icon 'check' label=evil %}",
    ],
)
def test_tags_escape(source: str) -> None:
    html = rendered(source, evil=EVIL)
    assert EVIL not in html
    assert "&lt;script&gt;" in html


def test_the_stepper_says_in_words_where_one_is() -> None:
    steps = [Step("Gemeinde", "done", "/1"), Step("Adresse", "current"), Step("Prüfen")]
    html = rendered("{% ui_stepper steps %}", steps=steps)
    assert "Schritt 2 von 3" in html
    assert html.count('aria-current="step"') == 1
    assert 'href="/1"' in html
    with translation.override("en"):
        assert "Step 2 of 3" in rendered("{% ui_stepper steps %}", steps=steps)


def test_the_summary_names_what_each_link_changes() -> None:
    html = rendered(
        "{% ui_summary rows %}", rows=[SummaryRow("Raum", "Saal", "/raum"), SummaryRow("Notiz", "")]
    )
    assert 'Ändern<span class="kern-sr-only">: Raum</span>' in html
    assert "keine Angabe" in html


def test_a_table_has_caption_row_heads_and_a_scroll_region() -> None:
    table = Table(
        "Buchungen", [Column("Wer"), Column("Preis", is_numeric=True)], [[Cell("Erika", url="/1"), "9 €"]]
    )
    html = rendered("{% ui_table table %}", table=table)
    assert 'role="region" aria-label="Buchungen" tabindex="0"' in html
    assert '<th scope="row"' in html
    assert "kern-table__cell--numeric" in html


def test_a_row_that_does_not_fit_its_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        rendered("{% ui_table table %}", table=Table("T", [Column("A")], [["1", "2"]]))


def test_an_empty_table_says_so() -> None:
    html = rendered("{% ui_table table %}", table=Table("T", [Column("A")], [], empty_text="Nichts da."))
    assert "Nichts da." in html
    assert "<table" not in html


def test_a_free_hour_is_a_link_that_says_its_day_and_time() -> None:
    week = WeekTable(
        "Woche",
        [WeekDay("Montag", "Mo", "7.9.", is_today=True)],
        [
            WeekRow("18 Uhr", [WeekCell("free", "18–19 Uhr frei", "/a")]),
            WeekRow("19 Uhr", [WeekCell("busy", "belegt")]),
        ],
    )
    html = rendered("{% ui_week week %}", week=week)
    assert html.count('<a href="/a">') == 1
    assert "Montag, 7.9., </span>" in html
    assert "18–19 Uhr frei" in html
    assert "(heute)" in html


def test_a_day_as_a_bar_also_comes_in_words() -> None:
    strip = DayStrip(
        "Sa", "frei 8–12 Uhr", [StripPart(480, 720, "free")], from_minutes=360, until_minutes=1320
    )
    html = rendered('{% ui_strips strips "Freie Zeiten" compact=True %}', strips=[strip])
    assert 'viewBox="360 0 960 10"' in html
    assert 'x="480"' in html
    assert 'width="240"' in html
    assert '<span class="kern-sr-only">frei 8–12 Uhr</span>' in html


def test_the_price_keeps_the_deposit_apart_and_says_why() -> None:
    price = PriceTable(
        [PriceRow("Saal", "90,00 €", paragraph="§ 3")], "90,00 €", deposit="180,00 €", steps=["Weil."]
    )
    html = rendered("{% ui_price price %}", price=price)
    assert html.index("90,00 €") < html.index("180,00 €")
    assert "§ 3" in html
    assert "Warum dieser Preis?" in html


def test_pages_keep_the_rest_of_the_query() -> None:
    page = Paginator(range(100), 10).get_page(3)
    html = rendered("{% ui_pagination page %}", page=page, request=RequestFactory().get("/?ort=Saal&page=3"))
    assert 'href="?ort=Saal&amp;page=2" rel="prev"' in html
    assert 'href="?ort=Saal&amp;page=3" aria-current="page"' in html


def test_one_page_needs_no_pages() -> None:
    assert rendered("{% ui_pagination page %}", page=Paginator([1], 10).get_page(1)) == ""


def test_a_filter_in_force_says_that_it_can_be_taken_away() -> None:
    html = rendered(
        "{% ui_filters g %}", g=[FilterGroup("Größe", [FilterLink("klein", "/k", is_on=True, count=0)])]
    )
    assert "(aktiv, Filter entfernen)" in html
    assert '<span class="b-chip__count">0</span>' in html


def test_the_current_page_is_said_in_crumbs_and_tabs() -> None:
    crumbs = rendered("{% ui_breadcrumbs crumbs %}", crumbs=[Crumb("Start", "/"), Crumb("Saal", "/saal")])
    assert '<span aria-current="page">Saal</span>' in crumbs
    tabs = rendered('{% ui_tabs items "Ansicht" %}', items=[NavItem("Woche", "/w", is_current=True)])
    assert 'href="/w" aria-current="page"' in tabs


def test_a_photo_reserves_its_place_and_offers_sizes() -> None:
    photo = Photo("/p.jpg", 1200, 800, "Der Saal", [("/p-400.jpg", 400), ("/p.jpg", 1200)])
    html = rendered("{% ui_photo photo %}", photo=photo)
    assert 'width="1200" height="800" alt="Der Saal"' in html
    assert 'srcset="/p-400.jpg 400w, /p.jpg 1200w"' in html


def test_filters_follow_the_active_language_and_zone() -> None:
    span = Span(datetime(2026, 9, 12, 9, tzinfo=UTC), datetime(2026, 9, 12, 21, tzinfo=UTC))
    source = "{{ span|span_words }} {{ span|duration_words }} {{ cents|euro }} {{ none|euro }}"
    with timezone.override("Europe/Berlin"), translation.override("de"):
        assert rendered(source, span=span, cents=9000, none=None) == (
            "Sa, 12. September 2026, 11–23 Uhr 12 Stunden 90,00 €"
        )
    with timezone.override("Europe/London"), translation.override("en"):
        assert rendered(source, span=span, cents=9000, none=None) == (
            "Sat, 12 September 2026, 10:00–22:00 12 hours €90.00"
        )


def test_a_countdown_works_without_scripts() -> None:
    until = datetime(2026, 9, 12, 9, 15, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        html = rendered('{% ui_countdown until "Reserviert bis" %}', until=until)
    assert "Reserviert bis" in html
    assert "11:15 Uhr" in html
    assert until == datetime.fromisoformat(html.split('datetime="')[1].split('"')[0])
