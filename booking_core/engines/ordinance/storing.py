"""A quote as plain JSON values, and back, without losing a cent or a word.

Not here: where it is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from booking_core.engines.ordinance.contracts import (
    LineKind,
    LocalizedText,
    Outcome,
    PriceLine,
    Quote,
    Reason,
    Step,
)
from booking_core.kernel.money import Money

FORMAT = 1
Data = Mapping[str, object]


def quote_to_data(quote: Quote) -> dict[str, object]:
    """Return the quote as plain JSON values; ``quote_from_data`` gives back an equal quote."""
    return {
        "format": FORMAT,
        "outcome": quote.outcome.value,
        "lines": [_line_to_data(line) for line in quote.lines],
        "total": _money_to_data(quote.total),
        "total_after_settlement": _money_to_data(quote.total_after_settlement),
        "deposit": _money_to_data(quote.deposit),
        "reasons": [_reason_to_data(reason) for reason in quote.reasons],
        "derivation": [_step_to_data(step) for step in quote.derivation],
        "needs_approval": quote.needs_approval,
        "readings": dict(quote.readings),
        "fee_known": quote.fee_known,
        "deposit_known": quote.deposit_known,
        "deposit_set_off": quote.deposit_set_off,
        "payment_due_on": quote.payment_due_on.isoformat() if quote.payment_due_on is not None else None,
        "balances": {name: str(balance) for name, balance in quote.balances.items()},
        "priority": quote.priority,
    }


def quote_from_data(data: Data) -> Quote:
    """Rebuild a quote from ``quote_to_data``; raise ``ValueError`` for another format."""
    if data.get("format") != FORMAT:
        raise ValueError(f"quote format {FORMAT} expected, not {data.get('format')!r}")
    due = data["payment_due_on"]
    return Quote(
        outcome=Outcome(str(data["outcome"])),
        lines=tuple(_line_from_data(line) for line in _entries(data["lines"])),
        total=_money_from_data(data["total"]),
        total_after_settlement=_money_from_data(data["total_after_settlement"]),
        deposit=_money_from_data(data["deposit"]),
        reasons=tuple(_reason_from_data(reason) for reason in _entries(data["reasons"])),
        derivation=tuple(_step_from_data(step) for step in _entries(data["derivation"])),
        needs_approval=bool(data["needs_approval"]),
        readings={str(key): str(value) for key, value in _mapping(data["readings"]).items()},
        fee_known=bool(data["fee_known"]),
        deposit_known=bool(data["deposit_known"]),
        deposit_set_off=bool(data["deposit_set_off"]),
        payment_due_on=date.fromisoformat(due) if isinstance(due, str) else None,
        balances={key: Decimal(str(value)) for key, value in _mapping(data["balances"]).items()},
        priority=cast(int | None, data["priority"]),
    )


def _line_to_data(line: PriceLine) -> dict[str, object]:
    return {
        "rule": line.rule,
        "label": _text_to_data(line.label),
        "quantity": str(line.quantity),
        "unit": line.unit,
        "unit_label": _text_to_data(line.unit_label),
        "unit_price": str(line.unit_price),
        "factor": str(line.factor),
        "amount": _money_to_data(line.amount),
        "after_use": line.after_use,
        "paragraph": line.paragraph,
        "explanation": _text_to_data(line.explanation),
        "resource": line.resource,
        "kind": line.kind.value,
        "tax_percent": str(line.tax_percent) if line.tax_percent is not None else None,
        "tax_mode": line.tax_mode,
    }


def _line_from_data(data: Data) -> PriceLine:
    resource, percent = data["resource"], data["tax_percent"]
    return PriceLine(
        rule=str(data["rule"]),
        label=_text_from_data(data["label"]),
        quantity=Decimal(str(data["quantity"])),
        unit=str(data["unit"]),
        unit_label=_text_from_data(data["unit_label"]),
        unit_price=Decimal(str(data["unit_price"])),
        factor=Decimal(str(data["factor"])),
        amount=_money_from_data(data["amount"]),
        after_use=bool(data["after_use"]),
        paragraph=str(data["paragraph"]),
        explanation=_text_from_data(data["explanation"]),
        resource=str(resource) if resource is not None else None,
        kind=LineKind(str(data["kind"])),
        tax_percent=Decimal(str(percent)) if percent is not None else None,
        tax_mode=str(data["tax_mode"]),
    )


def _reason_to_data(reason: Reason) -> dict[str, object]:
    return {
        "rule": reason.rule,
        "code": reason.code,
        "text": _text_to_data(reason.text),
        "paragraph": reason.paragraph,
        "field": reason.field,
    }


def _reason_from_data(data: Data) -> Reason:
    return Reason(
        rule=str(data["rule"]),
        code=str(data["code"]),
        text=_text_from_data(data["text"]),
        paragraph=str(data["paragraph"]),
        field=str(data["field"]),
    )


def _step_to_data(step: Step) -> dict[str, object]:
    return {
        "rule": step.rule,
        "applied": step.applied,
        "text": _text_to_data(step.text),
        "paragraph": step.paragraph,
    }


def _step_from_data(data: Data) -> Step:
    return Step(
        rule=str(data["rule"]),
        applied=bool(data["applied"]),
        text=_text_from_data(data["text"]),
        paragraph=str(data["paragraph"]),
    )


def _money_to_data(money: Money) -> dict[str, object]:
    return {"cents": money.cents, "currency": money.currency}


def _money_from_data(data: object) -> Money:
    fields = _mapping(data)
    return Money(int(str(fields["cents"])), str(fields["currency"]))


def _text_to_data(text: LocalizedText) -> dict[str, object]:
    return {"de": text.de, "en": text.en}


def _text_from_data(data: object) -> LocalizedText:
    fields = _mapping(data)
    return LocalizedText(str(fields["de"]), str(fields["en"]))


def _mapping(data: object) -> Data:
    return cast(Data, data)


def _entries(data: object) -> Sequence[Data]:
    return cast(Sequence[Data], data)
