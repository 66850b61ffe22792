"""Operators edit plans, prices and terms. Every change leaves a line with who made it.

Not here: which town has which plan (``services.accounts``).
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.finance.services.profile import check_account
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from subscriptions.contracts import PlanView, Terms
from subscriptions.models import FeeTerms, Plan, PlanPrice
from subscriptions.queries.plans import plan, terms
from tenants.context import in_public

MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What operators type about a plan."""

    name: str
    name_en: str = ""
    kinds: tuple[str, ...] = ()
    population_from: int = 0
    population_to: int | None = None
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price from a day on, net."""

    interval: str
    valid_from: date
    net: Money
    tax_percent: Decimal


def save_plan(facts: PlanFacts, *, plan_id: int | None = None, actor: Actor, today: date) -> PlanView:
    """Make a plan or change it. Prices of its own are kept. Raises InvalidInput, NotFound."""
    if not facts.name.strip():
        raise InvalidInput(_("Geben Sie dem Tarif einen Namen."), field="name")
    if facts.population_to is not None and facts.population_to < facts.population_from:
        raise InvalidInput(_("„bis“ ist kleiner als „von“."), field="population_to")
    with in_public(), transaction.atomic():
        if Plan.objects.filter(name__iexact=facts.name.strip()).exclude(pk=plan_id or 0).exists():
            raise InvalidInput(_("Ein Tarif mit diesem Namen besteht schon."), field="name")
        row = Plan() if plan_id is None else _locked(plan_id)
        for name, value in asdict(facts).items():
            setattr(row, name, list(value) if name == "kinds" else value)
        row.name = facts.name.strip()
        row.save()
        audit("fee.plan_saved", actor=actor, subject_type="fee_plan", subject_id=row.pk, data=_plain(facts))
    return plan(row.pk, on=today)


def add_price(plan_id: int, price: NewPrice, *, actor: Actor, today: date) -> PlanView:
    """Set a price from a day on; one that was in force stays as it was. Raises InvalidInput, NotFound.

    A price for a day that has not come may be set again: the later word counts.
    """
    if price.net.cents < 0:
        raise InvalidInput(_("Ein Preis ist nie negativ."), field="net")
    rules = terms()
    if price.net and bool(price.tax_percent) != (rules.tax_status == "regular"):
        raise InvalidInput(
            _(
                "Der Steuersatz passt nicht dazu, wie der Verbund zur Umsatzsteuer steht (siehe „Bedingungen“)."
            ),
            field="tax_percent",
        )
    with in_public(), transaction.atomic():
        row = _locked(plan_id)
        known = PlanPrice.objects.filter(plan=row, interval=price.interval)
        if price.valid_from <= today and known.filter(valid_from__lte=today).exists():
            raise InvalidInput(
                _("Dieser Preis gilt schon. Ein neuer beginnt frühestens morgen."), field="valid_from"
            )
        PlanPrice.objects.update_or_create(
            plan=row,
            interval=price.interval,
            valid_from=price.valid_from,
            defaults={"net_cents": price.net.cents, "tax_percent": price.tax_percent},
        )
        data = {
            "interval": price.interval,
            "valid_from": price.valid_from.isoformat(),
            "net_cents": price.net.cents,
            "tax_percent": str(price.tax_percent),
        }
        audit("fee.price_set", actor=actor, subject_type="fee_plan", subject_id=plan_id, data=data)
    return plan(plan_id, on=today)


def save_terms(wanted: Terms, *, actor: Actor) -> Terms:
    """Set the terms. They count for what happens from now on. Raises InvalidInput."""
    account = _account(wanted.iban, wanted.bic)
    if len(wanted.reminder_days) > MOST_REMINDERS or any(days < 1 for days in wanted.reminder_days):
        raise InvalidInput(
            _("Höchstens fünf Mahnungen, jede mindestens einen Tag nach der vorigen."), field="reminder_days"
        )
    if not wanted.reminder_days:
        raise InvalidInput(
            _("Mindestens eine Mahnung: Niemand wird eingeschränkt, ohne es vorher zu lesen."),
            field="reminder_days",
        )
    with in_public(), transaction.atomic():
        values = {**asdict(wanted), **account, "reminder_days": list(wanted.reminder_days)}
        FeeTerms.objects.update_or_create(id=1, defaults=values)
        audit("fee.terms_saved", actor=actor, subject_type="fee_terms")
    return terms()


def _account(iban: str, bic: str) -> dict[str, str]:
    """IBAN, BIC and bank as they are stored. Raises InvalidInput."""
    if not iban.strip():
        return {"iban": "", "bic": "", "bank_name": ""}
    account = check_account(iban, bic)
    return {"iban": account.iban, "bic": account.bic, "bank_name": account.bank_name[:100]}


def _locked(plan_id: int) -> Plan:
    row = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if row is None:
        raise NotFound(_("Diesen Tarif gibt es nicht."))
    return row


def _plain(facts: PlanFacts) -> dict[str, object]:
    return {**asdict(facts), "kinds": list(facts.kinds)}
