"""The menu of the back office, cut to what a member may open.

Not here: the doors themselves (``urls``); the menu hides, doors refuse.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking_core.identity.contracts import StaffMember
from booking_core.web.backoffice import roles
from design_system.contracts import NavGroup, NavItem


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. ``all_locations``: hidden from members limited to some."""

    route: str
    label: Promise
    icon: str
    roles: frozenset[str]
    all_locations: bool = False


MENU: tuple[tuple[Promise, tuple[Entry, ...]], ...] = (
    (
        _("Tagesgeschäft"),
        (
            Entry("backoffice_today", _("Heute"), "clock", roles.EVERY_STAFF),
            Entry("backoffice_plan", _("Plan"), "table", roles.SEE_PLAN),
            Entry("backoffice_inbox", _("Eingang"), "inbox", roles.SEE_INBOX),
            Entry("backoffice_bookings", _("Buchungen"), "calendar", roles.SEE_BOOKINGS),
            Entry("backoffice_series", _("Serien"), "calendar", roles.SEE_BOOKINGS),
            Entry("backoffice_waiting", _("Warteliste"), "clock", roles.SEE_BOOKINGS),
            Entry("backoffice_settlements", _("Abrechnung"), "check-circle", roles.SETTLE),
            Entry("backoffice_closures", _("Sperrungen"), "lock", roles.CLOSE),
            Entry("backoffice_parties", _("Kundschaft"), "people", roles.SEE_PARTIES),
            Entry("backoffice_messages", _("Nachrichten"), "mail", roles.SEE_MESSAGES, all_locations=True),
        ),
    ),
    (
        _("Angebot und Entgelte"),
        (
            Entry("backoffice_catalogue", _("Angebote"), "building", roles.SEE_CATALOGUE),
            Entry("backoffice_ordinances", _("Ordnungen"), "document", roles.SEE_ORDINANCES),
            Entry("backoffice_calculator", _("Rechner"), "euro", roles.SEE_ORDINANCES),
        ),
    ),
    (
        _("Geld"),
        (Entry("backoffice_treasury", _("Kasse"), "euro", roles.SEE_MONEY, all_locations=True),),
    ),
    (
        _("Administration"),
        (
            Entry("backoffice_settings", _("Einstellungen"), "settings", roles.ADMINISTER),
            Entry("backoffice_team", _("Team"), "account", roles.ADMINISTER),
            Entry("backoffice_api_keys", _("Schnittstelle"), "key", roles.ADMINISTER),
            Entry("backoffice_fee", _("Abrechnung mit dem Verbund"), "euro", roles.SEE_FEE),
            Entry("backoffice_audit", _("Protokoll"), "list", roles.ADMINISTER),
        ),
    ),
)


def side_navigation(member: StaffMember, section: str) -> list[NavGroup]:
    """The groups with at least one page for ``member``; ``section`` is marked as current."""
    groups = []
    for label, entries in MENU:
        items = [
            NavItem(str(entry.label), reverse(entry.route), entry.route == section, icon=entry.icon)
            for entry in entries
            if member.has_any(entry.roles) and not (entry.all_locations and member.location_ids)
        ]
        if items:
            groups.append(NavGroup(str(label), items))
    return groups
