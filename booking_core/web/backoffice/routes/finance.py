"""Routes of the treasury."""

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views.finance import (
    billing,
    charts,
    collective,
    collective_changes,
    invoices,
    movements,
    profile,
    reminders,
    statements,
    tax,
    today,
)

_form = require_http_methods(["GET", "HEAD", "POST"])
_INVOICE = "kasse/rechnungen/<uuid:uuid>/"
_RUN = "kasse/mahnungen/laeufe/<uuid:uuid>/"

urlpatterns = [
    office_door("kasse/", require_safe(today.treasury), "treasury", roles.SEE_MONEY),
    office_door("kasse/eingaenge/", require_safe(today.income), "income", roles.SEE_MONEY),
    office_door("kasse/auswertung/", require_safe(charts.chart_page), "charts", roles.SEE_MONEY),
    office_door(
        "kasse/auswertung/<slug:part>.csv", require_safe(charts.chart_csv), "chart_csv", roles.SEE_MONEY
    ),
    office_door("kasse/mahnungen/", _form(reminders.reminder_list), "reminders", roles.SEE_MONEY),
    office_door(_RUN, require_safe(reminders.run_page), "reminder_run", roles.SEE_MONEY),
    office_door(
        f"{_RUN}weiter/", require_POST(reminders.run_again), "reminder_run_again", roles.RECORD_MONEY
    ),
    office_door(f"{_INVOICE}mahnsperre/", _form(reminders.stop), "invoice_stop", roles.RECORD_MONEY),
    office_door(
        f"{_INVOICE}mahnsperre-aufheben/", _form(reminders.lift), "invoice_stop_lift", roles.RECORD_MONEY
    ),
    office_door("kasse/rechnungen/", require_safe(invoices.invoices), "invoices", roles.SEE_MONEY),
    office_door(
        "kasse/rechnungen/rechnungen.csv",
        require_safe(invoices.invoices_as_csv),
        "invoices_csv",
        roles.SEE_MONEY,
    ),
    office_door(_INVOICE, require_safe(invoices.invoice), "invoice", roles.SEE_MONEY),
    office_door(
        f"{_INVOICE}rechnung.pdf", require_safe(invoices.invoice_pdf), "invoice_pdf", roles.SEE_MONEY
    ),
    office_door(
        f"{_INVOICE}rechnung.xml", require_safe(invoices.invoice_as_xml), "invoice_xml", roles.SEE_MONEY
    ),
    office_door(f"{_INVOICE}<slug:step>/", _form(movements.invoice_step), "invoice_step", roles.SEE_MONEY),
    office_door(
        "kasse/eintraege/<uuid:uuid>/berichtigen/",
        _form(movements.reverse_entry),
        "entry_reverse",
        roles.RECORD_MONEY,
    ),
    office_door(
        "kasse/eintraege/<uuid:uuid>/quittung.pdf", require_safe(invoices.receipt), "receipt", roles.SEE_MONEY
    ),
    office_door("kasse/kontoauszuege/", _form(statements.statements), "statements", roles.RECORD_MONEY),
    office_door(
        "kasse/kontoauszuege/sichere/",
        require_POST(statements.assign_sure),
        "statements_sure",
        roles.RECORD_MONEY,
    ),
    office_door(
        "kasse/kontoauszuege/<uuid:uuid>/<slug:step>/",
        _form(statements.statement_step),
        "statement_step",
        roles.RECORD_MONEY,
    ),
    office_door("kasse/kautionen/", require_safe(invoices.deposit_list), "deposits", roles.SEE_MONEY),
    office_door("kasse/kassenbuch/", require_safe(invoices.journal_page), "journal", roles.SEE_MONEY),
    office_door(
        "kasse/kassenbuch/kassenbuch.csv",
        require_safe(invoices.journal_as_csv),
        "journal_csv",
        roles.SEE_MONEY,
    ),
    office_door("kasse/einstellungen/", _form(profile.money_settings), "money_settings", roles.SET_UP_MONEY),
    office_door("kasse/umsatzsteuer/", _form(tax.tax_page), "tax", roles.SET_UP_MONEY),
    office_door(
        "kasse/umsatzsteuer/doch-nicht/", require_POST(tax.drop_change), "tax_drop", roles.SET_UP_MONEY
    ),
    office_door(
        "kasse/sammelrechnungen/", require_safe(collective.collective_list), "collective", roles.SEE_MONEY
    ),
    office_door(
        "kasse/sammelrechnungen/abweichungen/",
        require_safe(collective_changes.change_list),
        "collective_changes",
        roles.SEE_MONEY,
    ),
    office_door(
        "kasse/sammelrechnungen/abweichungen/<uuid:uuid>/",
        _form(collective_changes.replace_invoice),
        "collective_replace",
        roles.BILL,
    ),
    office_door(
        "kasse/sammelrechnungen/<uuid:uuid>/",
        _form(collective.collective_bill),
        "collective_bill",
        roles.SEE_MONEY,
    ),
    office_door(
        "kundschaft/<uuid:uuid>/abrechnung/",
        _form(collective.party_billing),
        "party_billing",
        roles.SET_BILLING,
    ),
    office_door("buchungen/<uuid:uuid>/rechnung/", _form(billing.bill), "booking_bill", roles.BILL),
    office_door(
        "buchungen/<uuid:uuid>/kaution/<slug:step>/",
        _form(movements.deposit_step),
        "booking_deposit",
        roles.RECORD_MONEY,
    ),
]
