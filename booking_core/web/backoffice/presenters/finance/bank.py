"""Refunds, debits and files for the bank as tables.

Not here: reading them (``finance.queries``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.bank_contracts import OrderView, RefundCandidate, RunView
from design_system.contracts import Cell, Column, SummaryRow, Table, Tone
from design_system.templatetags.formats import clock, euro, long_date

RUN_TONES: dict[str, Tone] = {
    "waiting": "warning", "ready": "info", "executed": "success", "withdrawn": "neutral",
}  # fmt: skip


def run_state_words(state: str) -> str:
    """Where a file stands."""
    words = {
        "waiting": _("wartet auf Freigabe"), "ready": _("bereit"), "executed": _("ausgeführt"),
        "withdrawn": _("verworfen"),
    }  # fmt: skip
    return words[state]


def grouped_iban(iban: str) -> str:
    """In groups of four, as on bank cards."""
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def candidate_table(rows: Sequence[RefundCandidate], *, may_prepare: bool) -> Table:
    """What the town owes back and nobody has prepared yet."""
    kinds = {"refund": _("Guthaben"), "return": _("Kaution")}
    columns = [Column(_("Zu")), Column(_("Kundschaft")), Column(_("Was")), Column(_("Betrag"), is_numeric=True),
               *([Column(_("Nächster Schritt"), is_hidden_label=True)] if may_prepare else [])]  # fmt: skip
    return Table(
        caption=_("Noch nicht vorbereitet"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[
            [
                Cell(row.number, note=row.title),
                row.party_name,
                kinds[row.kind],
                euro(row.amount),
                *([Cell(_("Vorbereiten"), _prepare_url(row))] if may_prepare else []),
            ]
            for row in rows
        ],
    )  # fmt: skip


def order_table(rows: Sequence[OrderView], *, caption: str, may_withdraw: bool = False) -> Table:
    """Orders with their accounts and the sum."""
    columns = [Column(_("Zu")), Column(_("Konto")), Column(_("Angelegt von")), Column(_("Betrag"), is_numeric=True),
               *([Column(_("Nächster Schritt"), is_hidden_label=True)] if may_withdraw else [])]  # fmt: skip
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[
            [
                Cell(row.number, _source_url(row), note=_order_note(row)),
                Cell(row.account.holder, note=_account_note(row)),
                row.creator_label,
                euro(row.amount),
                *(
                    [Cell(_("Zurücknehmen"), reverse("backoffice_order_withdraw", args=[row.uuid]))]
                    if may_withdraw
                    else []
                ),
            ]
            for row in rows
        ],
    )  # fmt: skip


def run_table(rows: Sequence[RunView], *, caption: str) -> Table:
    """Files, newest first."""
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Ausführung am")), Column(_("Was")), Column(_("Aufträge"), is_numeric=True),
                 Column(_("Summe"), is_numeric=True), Column(_("Angelegt von")), Column(_("Stand"))],
        rows=[
            [
                Cell(long_date(row.run_on), reverse("backoffice_bank_file", args=[row.uuid])),
                _("Lastschriften") if row.is_debit else _("Überweisungen"),
                str(row.count),
                euro(row.total),
                row.creator_label,
                Cell(run_state_words(row.state), tone=RUN_TONES[row.state]),
            ]
            for row in rows
        ],
    )  # fmt: skip


def run_facts(run: RunView) -> list[SummaryRow]:
    """The head of a file."""
    facts = [
        (_("Summe"), euro(run.total)),
        (_("Aufträge"), str(run.count)),
        (_("Ausführung am"), long_date(run.run_on)),
        (_("Konto der Kommune"), f"{run.town.holder}, {grouped_iban(run.town.iban)}"),
        (_("Gläubiger-Identifikationsnummer"), run.creditor_id if run.is_debit else ""),
        (_("Angelegt"), f"{run.creator_label}, {long_date(run.at)}, {clock(run.at)}"),
        (_("Freigegeben"), f"{run.releaser_label}, {long_date(run.released_at)}" if run.released_at else ""),
        (_("Ausgeführt"), f"{run.executor_label}, {long_date(run.executed_at)}" if run.executed_at else ""),
        (_("Verworfen"), run.withdrawn_reason),
    ]
    return [SummaryRow(label, value) for label, value in facts if value]


def _prepare_url(row: RefundCandidate) -> str:
    kind = "guthaben" if row.kind == "refund" else "kaution"
    return reverse("backoffice_refund_prepare", args=[kind, row.source])


def _source_url(row: OrderView) -> str:
    name = "backoffice_booking" if row.kind == "return" else "backoffice_invoice"
    return reverse(name, args=[row.source])


def _order_note(row: OrderView) -> str:
    parts = [row.kind_label, row.party_name]
    if row.returned_at is not None:
        parts.append(_("zurückgegeben: %(reason)s") % {"reason": row.returned_reason or "–"})
    elif row.is_seen:
        parts.append(_("auf dem Kontoauszug"))
    return " · ".join(parts)


def _account_note(row: OrderView) -> str:
    parts = [grouped_iban(row.account.iban)]
    if row.mandate_reference:
        parts.append(_("Mandat %(reference)s") % {"reference": row.mandate_reference})
    return " · ".join(parts)
