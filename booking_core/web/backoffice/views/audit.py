"""The audit trail, for administrators.

Not here: writing it (``identity.services.audit``).
"""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from booking_core.web.backoffice.pages import StaffRequest, office_page
from booking_core.web.backoffice.presenters.lists import Empty, ListPage
from booking_core.web.backoffice.presenters.people import audit_table
from booking_core.workflows.audit_trail import audit_trail

_MOST = 500


def audit_log(request: StaffRequest) -> HttpResponse:
    """List the newest entries."""
    rows = audit_trail(limit=_MOST)
    listing = ListPage(
        title=_("Protokoll"),
        lead=_(
            "Wer wann was geändert hat, das Neueste zuerst. Einträge lassen sich nicht ändern oder löschen."
        ),
        table=audit_table(rows),
        empty=Empty(_("Noch keine Einträge"), _("Sobald jemand etwas ändert, steht es hier."), icon="list"),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section="backoffice_audit")
