"""Every component, behind one ``{% load ui %}``. Values they take are in ``design_system.contracts``.

Not here: the code of the tags (``design_system.components``), their markup (``templates/design_system/components``).

Actions
    {% ui_button "Senden" kind="primary|secondary|tertiary|danger" icon="check" small=True name="…" value="…" %}
    {% ui_link_button "Raum ansehen" url kind="secondary" icon="arrow-right" small=True %}
    {% ui_icon "people" label="" size="|small|large" %}            names: design_system/icons.py
    {% ui_copy text "Link kopieren" %}
    {% ui_keys hints %}                                            [KeyHint]
    several buttons: <div class="b-actions">…</div>

Feedback
    {% ui_alert "info|success|warning|danger" "Titel" "Satz" url url_label %}
    {% ui_notice "warning" "Titel" %}…any content…{% endui_notice %}
    {% ui_messages messages %}                                     base.html prints it already
    {% ui_badge "bestätigt" tone="neutral|info|success|warning|danger|accent" icon="check" %}
    {% ui_progress 40 100 label="Einrichtung" text="4 von 10 Schritten" %}
    {% ui_stepper steps title="Anmeldung" %}                       [Step]
    {% ui_empty "Noch keine Buchungen" "Satz" "Raum suchen" url icon="calendar" %}
    {% ui_skeleton 3 %}
    {% ui_countdown until "Für Sie reserviert bis" over="Die Zeit ist abgelaufen." %}   aware datetime
    {% ui_timeline entries %}                                      [TimelineEntry]

Forms (widgets: design_system.widgets; ``{{ form }}`` prints the same as ui_fields)
    {% ui_form form submit="Weiter" action="" back_url="" back_label="" id="" method="post" kind="primary" %}
    {% ui_fields form %}            summary of errors and all fields; <form novalidate>, token and buttons are yours
    {% ui_field form.name %}        one field
    {% ui_error_summary form other_form %}

Content
    {% ui_card "Titel" url="" text="" icon="" note="" %}           in <ul class="b-cards"><li>…
    {% ui_panel "Titel" level=2 tone="|quiet|accent" icon="" %}…{% endui_panel %}
    {% ui_place_card place level=3 wide=False %}                   PlaceCard, in <ul class="b-cards"><li>…
    {% ui_photo photo sizes="100vw" lazy=True shape="|card|wide|square" %}   Photo or None
    {% ui_facts facts %}                                           [Fact]
    {% ui_summary rows label="" %}                                 [SummaryRow] "check your answers", key and value
    {% ui_table table %}                                           Table
    {% ui_table_region "Beschreibung" %}<table class="kern-table">…</table>{% endui_table_region %}
    {% ui_comparison comparison %}                                 ComparisonTable, before and after with bars
    {% ui_price price open=False %}                                PriceTable
    {% ui_details "Warum?" is_open=False %}…{% endui_details %}
    {% ui_confirm submit="Ja, absagen" cancel_url=url tone="danger" %}…sentences, fields…{% endui_confirm %}

Charts (design_system.charts; each with its table)
    {% ui_columns chart %}  {% ui_bars chart %}                    Chart: over time, by name
    {% ui_heat heat %}                                             HeatMap: rows × columns of shares

Navigation
    {% ui_breadcrumbs crumbs %}                                    base.html prints ``breadcrumbs`` already
    {% ui_back_link url "Zurück zur Suche" %}
    {% ui_tabs items "Ansichten" %}                                [NavItem]
    {% ui_nav_list items %}  {% ui_side_nav groups %}              [NavItem], [NavGroup]; the bases print them
    {% ui_pagination page parameter="page" %}                      Django's Page; keeps the rest of the query
    {% ui_filters groups reset_url="" label="" %}                  [FilterGroup]

Schedule
    {% ui_week week %}  {% ui_month month %}                       WeekTable, MonthTable (design_system.calendars)
    {% ui_strip strip %}  {% ui_strips strips "Freie Zeiten" compact=False %}   DayStrip, [DayStrip]
    {% ui_timebar bar %}  {% ui_weekplan plan %}                   TimeBar, WeekPlan (design_system.plans)
    {% ui_hall hall %}                                             HallDrawing: what a hall consists of

Enhancements by attribute (all optional; frontend/js): data-auto-submit on a form; data-keyboard-list on a list with
data-keyboard-item links (j/k) and data-key="b" on buttons; data-preview, data-preview-slot, data-preview-text,
data-preview-palette (preview.js); hx-* from htmx 2 (the token travels in hx-headers of <body>).

Layout classes: b-stack (even distances), b-split (content and aside), b-prose (running text), b-lead, b-muted,
b-actions, b-cards (b-cards--list), b-nowrap, b-hero, b-searchbar, b-page-head (title and buttons), b-split--even,
b-split--list (inbox), b-split__sticky, b-preview; headings are plain <h1>…<h3>.
"""

from django import template

from design_system.components import actions, charts, content, feedback, forms, navigation, schedule

register = template.Library()
for _module in (actions, feedback, forms, content, charts, navigation, schedule):
    register.tags.update(_module.register.tags)
