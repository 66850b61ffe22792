"""The notice on a town's pages while it is warned or read-only: plain for citizens, with the way out for staff.

Not here: what is refused then (``config.middleware.read_only``).
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import StaffMember
from design_system.contracts import Tone
from design_system.templatetags.formats import euro, long_date
from subscriptions.contracts import SubscriptionView
from subscriptions.queries.towns import subscriptions
from tenants.access import ADMINISTRATOR, TREASURER


@dataclass(frozen=True, slots=True)
class Notice:
    """One alert, ready to print."""

    tone: Tone
    title: str
    text: str = ""
    url: str = ""
    url_label: str = ""


def standing_notice(request: HttpRequest) -> dict[str, Notice]:
    """Context of a town's page; nothing while all is well. Asks the database only for those who can settle it."""
    town = getattr(request, "tenant", None)
    if town is None or town.standing == "normal":
        return {}
    staff: StaffMember | None = getattr(request, "staff", None)
    is_read_only = town.standing == "read_only"
    if staff is None:
        return {"standing_notice": _for_citizens()} if is_read_only else {}
    if staff.has_any(ADMINISTRATOR | TREASURER):
        known = subscriptions([town.pk], today=timezone.localdate()).get(town.pk)
        return {"standing_notice": _for_deciders(known)} if known is not None else {}
    return {"standing_notice": _for_staff()} if is_read_only else {}


def _for_citizens() -> Notice:
    return Notice(
        "info",
        _("Zurzeit keine neuen Buchungen"),
        _(
            "Ihre Buchungen gelten weiter, und Sie können sie stornieren. Bei Fragen hilft Ihnen die Verwaltung."
        ),
    )


def _for_staff() -> Notice:
    return Notice(
        "warning",
        _("Diese Seite kann zurzeit nur gelesen werden"),
        _("Ansehen, Herunterladen und Stornieren geht. Fragen Sie Ihre Administration."),
    )


def _for_deciders(known: SubscriptionView) -> Notice:
    url, label = reverse("backoffice_fee"), _("Abrechnung mit dem Verbund")
    if known.standing == "read_only":
        return Notice(
            "danger", _("Diese Seite kann zurzeit nur gelesen werden"), _way_back(known), url, label
        )
    if known.cause == "arrears":
        text = _("Offen sind %(amount)s.") % {"amount": euro(known.open)}
        if known.read_only_on is not None:
            until = _("Ab %(day)s kann Ihre Seite sonst nur noch gelesen werden.")
            text = f"{text} {until % {'day': long_date(known.read_only_on)}}"
        return Notice("warning", _("Eine Rechnung des Verbunds ist überfällig"), text, url, label)
    return Notice(
        "warning",
        _("Ihre Probezeit ist zu Ende"),
        _("Bestellen Sie einen Tarif. Ab %(day)s kann Ihre Seite sonst nur noch gelesen werden.")
        % {"day": long_date(known.read_only_on)},
        url,
        label,
    )


def _way_back(known: SubscriptionView) -> str:
    if known.cause == "arrears":
        return _(
            "Offen sind %(amount)s. Sobald das bezahlt ist, geht sofort wieder alles. Ihre Daten bleiben da."
        ) % {"amount": euro(known.open)}
    return _("Bestellen Sie einen Tarif, dann geht sofort wieder alles. Ihre Daten bleiben da.")
