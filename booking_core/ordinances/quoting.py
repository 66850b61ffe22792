"""From resources and times to a price: which document applies and what it calls the things, then ask the engine.

Not here: the engine itself (``engines.ordinance``), who may book (``workflows``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    FactInfo,
    FactValue,
    NamedValue,
    Quote,
    QuoteRequest,
    asks_for_history,
    quote,
)
from booking_core.kernel.errors import InvalidInput
from booking_core.ordinances.contracts import Past, PriceQuestion, Pricing, StoredVersion, Tariff
from booking_core.ordinances.queries import stored_version, tariffs_for
from tenants.context import tenant_zone

_BEYOND_ALL_NUMBERS = 10**9


def quote_for(question: PriceQuestion) -> tuple[Quote | None, int | None]:
    """Price a booking by the ordinance in force on the day its use starts; (None, None) where there is none.

    Raises InvalidInput where the question names a group, purpose, extra or answer the document does not know.
    """
    found = price_for(question)
    return (found.quote, found.version_id) if found else (None, None)


def price_for(question: PriceQuestion, *, past: Past | None = None) -> Pricing | None:
    """The same with the request the engine saw, so that a booking can keep it; None where no ordinance is in force.

    ``past`` tells what the person used before, where the document asks for that.
    """
    zone = tenant_zone()
    on = min(span.start for span in question.spans).astimezone(zone).date()
    return price_with(question, tariffs_for(question.resource_ids, on), zone=zone, past=past)


def quote_with(
    question: PriceQuestion, tariffs: Mapping[int, Tariff], *, zone: ZoneInfo, past: Past | None = None
) -> tuple[Quote | None, int | None]:
    """The quote with tariffs already read, for many prices without further statements."""
    found = price_with(question, tariffs, zone=zone, past=past)
    return (found.quote, found.version_id) if found else (None, None)


def price_with(
    question: PriceQuestion, tariffs: Mapping[int, Tariff], *, zone: ZoneInfo, past: Past | None = None
) -> Pricing | None:
    """The price with tariffs already read; None where the resources share no version."""
    version = common_version(question.resource_ids, tariffs)
    if version is None:
        return None
    refuse_unknown_answers(version.document, question)
    request = request_for(question, version, tariffs, zone=zone)
    if past is not None and asks_for_history(version.document):
        request = replace(request, history=past(version, request))
    return Pricing(quote(version.document, request), version.id, (request,))


def common_version(resource_ids: Iterable[int], tariffs: Mapping[int, Tariff]) -> StoredVersion | None:
    """The version all these resources share; None where one has none or they differ."""
    found = [tariffs[one].version if one in tariffs else None for one in resource_ids]
    by_id = {version.id if version else None: version for version in found}
    return next(iter(by_id.values())) if len(by_id) == 1 else None


def request_for(
    question: PriceQuestion, version: StoredVersion, tariffs: Mapping[int, Tariff], *, zone: ZoneInfo
) -> QuoteRequest:
    """The question in the document's words. A resource made of parts asks for the union of their ids."""
    codes = tuple(dict.fromkeys(code for one in question.resource_ids for code in tariffs[one].codes))
    return QuoteRequest(
        resources=codes,
        spans=question.spans,
        zone=zone,
        group=question.group or _only(version.document.groups),
        purpose=question.purpose or _only(version.document.purposes),
        persons=question.persons,
        extras={extra: amount for extra, amount in question.extras.items() if amount},
        facts=answers(version.document, question.facts),
        requested_at=question.requested_at,
        cancelled_at=question.cancelled_at,
        readings=version.readings,
        pieces=_pieces(question, tariffs),
        further_groups=tuple(one for one in question.further_groups if one != question.group),
    )


def _pieces(question: PriceQuestion, tariffs: Mapping[int, Tariff]) -> dict[str, int]:
    """How many of each entry of the document, where it is not one. Two stocks with the same entry add up."""
    found: dict[str, int] = {}
    for one in question.resource_ids:
        wanted = question.quantity if isinstance(question.quantity, int) else question.quantity.get(one, 1)
        if wanted != 1:
            for code in tariffs[one].codes:
                found[code] = found.get(code, 0) + wanted
    return found


def _only(values: Sequence[NamedValue]) -> str | None:
    """Where there is nothing to choose, nobody is asked."""
    return values[0].id if len(values) == 1 else None


def refuse_unknown_answers(document: Document, question: PriceQuestion) -> None:
    """Raise InvalidInput where the question names something the document does not know."""
    known = (
        ("group", [question.group] if question.group else [], {one.id for one in document.groups}),
        ("further_groups", list(question.further_groups), {one.id for one in document.groups}),
        ("purpose", [question.purpose] if question.purpose else [], {one.id for one in document.purposes}),
        ("extras", list(question.extras), {one.id for one in document.extras}),
        ("facts", list(question.facts), {one.id for one in document.facts}),
    )
    for field, wanted, ids in known:
        for one in wanted:
            if one not in ids:
                raise InvalidInput(_("Diese Auswahl gibt es nicht: %(value)s.") % {"value": one}, field=field)
    limits = {one.id: one.max_quantity for one in document.extras}
    for extra, amount in question.extras.items():
        limit = limits[extra]
        if amount < 0 or (limit is not None and amount > limit):
            raise InvalidInput(
                _("Davon sind höchstens %(limit)s möglich.") % {"limit": limit if limit is not None else 0},
                field="extras",
                context={"extra": extra},
            )


def answers(document: Document, facts: Mapping[str, object]) -> dict[str, FactValue]:
    """Answers from a form or stored JSON as the types the engine expects. Raises InvalidInput."""
    infos = {info.id: info for info in document.facts}
    return {
        fact: _answer(infos[fact], value)
        for fact, value in facts.items()
        if fact in infos and value not in (None, "", [])
    }


def _answer(info: FactInfo, value: object) -> FactValue:
    if info.kind == "yes_no":
        return value in (True, "true", "yes", "ja", "1", "on", 1)
    if info.kind in {"number", "measured"}:
        return _number(info, value)
    if info.kind == "choices":
        chosen = value if isinstance(value, list | tuple) else [value]
        return tuple(_option(info, str(one)) for one in chosen)
    return _option(info, str(value)) if info.kind == "choice" else str(value)


def _number(info: FactInfo, value: object) -> Decimal:
    """A number people mean; "NaN" and numbers no price can hold are none."""
    try:
        number = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= _BEYOND_ALL_NUMBERS:
        raise InvalidInput(_("Bitte geben Sie eine Zahl ein."), field="facts", context={"fact": info.id})
    return number


def _option(info: FactInfo, value: str) -> str:
    """One of the fact's options; a fact that lists none takes ids of the document, such as resources."""
    if info.options and value not in {option.id for option in info.options}:
        raise InvalidInput(
            _("Diese Auswahl gibt es nicht: %(value)s.") % {"value": value},
            field="facts",
            context={"fact": info.id},
        )
    return value


def price_by_version(question: PriceQuestion, version_id: int, *, past: Past | None = None) -> Pricing | None:
    """Price by one version, whatever is in force now; None where a resource is no longer bound to its ordinance."""
    tariffs = tariffs_by_version(question.resource_ids, version_id)
    return price_with(question, tariffs, zone=tenant_zone(), past=past)


def tariffs_by_version(resource_ids: Iterable[int], version_id: int) -> dict[int, Tariff]:
    """The tariffs as if that version were in force; resources no longer bound to its ordinance are missing."""
    version = stored_version(version_id)
    bound = tariffs_for(resource_ids, version.valid_from or date.max)
    return {
        one: replace(tariff, version=version)
        for one, tariff in bound.items()
        if tariff.ordinance_id == version.ordinance_id
    }
