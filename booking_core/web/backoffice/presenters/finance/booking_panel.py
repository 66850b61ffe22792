"""What a booking's page says of money: its invoices, its deposit, and the next steps.

Not here: single invoices (``invoices``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts import DepositView, EntryView
from booking_core.finance.queries.payments import payments_of_booking
from booking_core.finance.queries.receipts import has_receipt
from booking_core.finance.queries.treasury import money_of_booking
from booking_core.identity.contracts import StaffMember
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.presenters.finance.invoices import invoice_table
from booking_core.web.backoffice.presenters.finance.payments import payment_table
from booking_core.web.backoffice.presenters.lists import Action
from design_system.contracts import SummaryRow, Table
from design_system.templatetags.formats import euro


@dataclass(frozen=True, slots=True)
class MoneyPanel:
    """Ready to print. ``deposit`` is empty where none is due."""

    invoices: Table
    deposit: list[SummaryRow]
    receipts: list[Action]
    actions: list[Action]
    online: Table


def booking_money_panel(booking: BookingView, member: StaffMember) -> MoneyPanel | None:
    """The panel, or None where there is nothing to say: a request nobody has decided."""
    money = money_of_booking(booking.id)
    online = payments_of_booking(booking.id)
    if booking.state == "requested" and not (money.invoices or online):
        return None
    actions = []
    may_bill = booking.state in {"confirmed", "cancelled"} and money.current is None
    if may_bill and member.has_any(roles.BILL):
        url = reverse("backoffice_booking_bill", args=[booking.uuid])
        actions.append(Action(_("Rechnung schreiben"), url, "document", "secondary"))
    deposit = money.deposit
    if deposit and member.has_any(roles.RECORD_MONEY):
        owes = bool(money.current and money.current.balance.cents > 0)
        is_online = any(
            row.purpose == "deposit" and row.kind in {"payment", "hold"} and row.state in {"paid", "held"}
            for row in online
        )
        actions += _deposit_actions(booking, deposit, owes=owes, is_online=is_online)
    if not (money.invoices or actions or online or (deposit and deposit.wanted)):
        return None
    table = invoice_table(money.invoices, caption=_("Rechnungen"), with_party=False)
    paid = payment_table(online, caption=_("Zahlungen online"), with_party=False)
    return MoneyPanel(table, _deposit_rows(deposit), _deposit_receipts(money.entries), actions, paid)


def _deposit_receipts(entries: Sequence[EntryView]) -> list[Action]:
    """Receipts of what was handed over; those of payments stand on their invoice."""
    return [
        Action(
            _("Quittung: %(what)s %(amount)s")
            % {"what": entry.kind_label, "amount": euro(Money(abs(entry.amount.cents)))},
            reverse("backoffice_receipt", args=[entry.uuid]),
            "download",
            "tertiary",
        )
        for entry in entries
        if entry.account == "deposit" and has_receipt(entry)
    ]


def _deposit_rows(deposit: DepositView | None) -> list[SummaryRow]:
    if deposit is None or not any(
        (deposit.wanted, deposit.held, deposit.kept, deposit.returned, deposit.secured)
    ):
        return []
    amounts = [
        (_("Verlangt"), deposit.wanted),
        (_("Fehlt noch"), deposit.missing),
        (_("Hinterlegt"), deposit.held),
        (_("Auf der Karte reserviert"), deposit.secured),
        (_("Einbehalten"), deposit.kept),
        (_("Zurückgezahlt"), deposit.returned),
    ]
    return [SummaryRow(label, euro(amount)) for label, amount in amounts if amount]


def _deposit_actions(
    booking: BookingView, deposit: DepositView, *, owes: bool, is_online: bool
) -> list[Action]:
    def to(step: str, label: str, kind: str = "secondary") -> Action:
        return Action(label, reverse("backoffice_booking_deposit", args=[booking.uuid, step]), "lock", kind)

    actions = []
    if deposit.missing:
        actions.append(to("erhalten", _("Kaution erhalten")))
    if is_online and (deposit.held or deposit.secured):
        url = reverse("backoffice_booking_online_deposit", args=[booking.uuid])
        actions.append(Action(_("Kaution online zurückgeben …"), url, "lock", "secondary"))
    if deposit.held:
        actions.append(to("zurueck", _("Kaution zurückzahlen")))
        if owes:
            actions.append(to("verrechnen", _("Mit der Rechnung verrechnen …"), "tertiary"))
        actions.append(to("einbehalten", _("Kaution einbehalten …"), "tertiary"))
    return actions
