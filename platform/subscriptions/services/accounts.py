"""A town's subscription from trial to order to leaving, changed by the town itself or by operators with a reason.

Not here: invoices (``services.invoicing``). Every function stands in the public schema by itself, locks the town's row
and brings its standing up to date.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from subscriptions import letters
from subscriptions.contracts import Billing, SubscriptionView
from subscriptions.errors import PlanUnfit, WrongMoment
from subscriptions.leitweg import is_leitweg_id, normal_leitweg_id
from subscriptions.models import Plan, Subscription, Way
from subscriptions.queries.plans import fitting_plans, plan_view, terms
from subscriptions.queries.towns import subscription_of
from subscriptions.services.standing import locked_subscription, refresh_standing
from subscriptions.services.trail import record
from tenants.context import in_public
from tenants.middleware import forget_tenant
from tenants.models import Tenant

MOST_TRIAL_DAYS = 730


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan and how often it is billed."""

    plan_id: int
    interval: str


def open_subscription(tenant_id: int, *, today: date) -> None:
    """Begin a town's trial; a town that has a subscription keeps it as it is."""
    days = max(terms().trial_days, 1)
    with in_public():
        Subscription.objects.get_or_create(
            tenant_id=tenant_id, defaults={"trial_ends_on": today + timedelta(days=days - 1)}
        )


def order(tenant_id: int, choice: PlanChoice, *, actor: Actor, now: datetime) -> SubscriptionView:
    """Order a plan; it starts after the trial, or today. Raises WrongMoment, PlanUnfit, NotFound."""
    today = timezone.localdate(now)

    def change(row: Subscription) -> None:
        if row.ordered_at is not None and (row.ends_on is None or row.ends_on >= today):
            raise WrongMoment(_("Sie haben schon bestellt."))
        _refuse_unfit(row, choice, today)
        row.plan_id, row.interval = choice.plan_id, choice.interval
        row.next_plan_id, row.next_interval = None, ""
        row.ordered_at, row.ordered_by = now, actor.label
        row.starts_on = max(today, row.trial_ends_on + timedelta(days=1))
        row.ends_on = row.billed_until = None
        row.way = Way.TRANSFER
        letters.send_ordered(row, plan_view(Plan.objects.get(pk=choice.plan_id), on=row.starts_on))

    return _changed(tenant_id, "fee.ordered", change, actor=actor, today=today)


def change_plan(tenant_id: int, choice: PlanChoice, *, actor: Actor, now: datetime) -> SubscriptionView:
    """Take another plan or rhythm from the next period on. Raises WrongMoment, PlanUnfit, NotFound."""
    today = timezone.localdate(now)

    def change(row: Subscription) -> None:
        if row.way == Way.STRIPE:
            raise WrongMoment(
                _("Stellen Sie zuerst auf Rechnung und Überweisung um; dann können Sie wechseln.")
            )
        if row.ordered_at is None or row.ends_on is not None:
            raise WrongMoment(
                _("Ein Wechsel geht erst nach der Bestellung und nicht mehr nach der Kündigung.")
            )
        _refuse_unfit(row, choice, today)
        if row.billed_until is None:  # nothing billed yet: the choice counts at once
            row.plan_id, row.interval = choice.plan_id, choice.interval
            row.next_plan_id, row.next_interval = None, ""
            return
        is_same = (choice.plan_id, choice.interval) == (row.plan_id, row.interval)
        row.next_plan_id = None if is_same else choice.plan_id
        row.next_interval = "" if is_same else choice.interval

    return _changed(tenant_id, "fee.plan_changed", change, actor=actor, today=today)


def choose_way(tenant_id: int, way: str, *, actor: Actor, now: datetime) -> SubscriptionView:
    """Pay the next periods by transfer, or online through Stripe. Raises WrongMoment, NotFound."""

    def change(row: Subscription) -> None:
        if row.ordered_at is None or row.ends_on is not None:
            raise WrongMoment(_("Den Zahlungsweg wählen Sie nach der Bestellung und vor einer Kündigung."))
        if way == Way.STRIPE and row.stripe_subscription:
            raise WrongMoment(_("Die bisherige Zahlung bei Stripe endet erst mit ihrem Zeitraum."))
        row.way = way

    return _changed(tenant_id, "fee.way_chosen", change, actor=actor, today=timezone.localdate(now))


def set_billing(tenant_id: int, billing: Billing, *, actor: Actor, now: datetime) -> SubscriptionView:
    """Say where invoices go. Raises InvalidInput by field, NotFound."""
    leitweg = normal_leitweg_id(billing.leitweg_id)
    if leitweg and not is_leitweg_id(leitweg):
        raise InvalidInput(
            _(
                "Diese Leitweg-ID stimmt nicht. Sie besteht aus Ziffern, einem Bindestrich und zwei Prüfziffern,"
                " zum Beispiel 04011000-1234512345-06."
            ),
            field="leitweg_id",
        )

    def change(row: Subscription) -> None:
        row.billing_name, row.billing_unit = billing.name.strip(), billing.unit.strip()
        row.billing_street, row.billing_postal_code = billing.street.strip(), billing.postal_code.strip()
        row.billing_city, row.billing_email = billing.city.strip(), billing.email.strip()
        row.leitweg_id = leitweg

    return _changed(tenant_id, "fee.billing_saved", change, actor=actor, today=timezone.localdate(now))


def set_population(tenant_id: int, population: int | None, *, actor: Actor) -> None:
    """Say how many people live in the town; None: not known. A smaller or larger plan counts from the next period."""
    with transaction.atomic(), in_public():
        town = Tenant.objects.select_for_update(no_key=True).filter(pk=tenant_id).first()
        if town is None:
            raise NotFound(_("Diese Kommune gibt es nicht."))
        before, town.population = town.population, population
        if before == population:
            return
        town.save(update_fields=["population"])
        transaction.on_commit(lambda: _forget(town))
    record("fee.population_saved", tenant_id, actor=actor, data={"before": before, "after": population})


def leave(tenant_id: int, *, actor: Actor, now: datetime) -> SubscriptionView:
    """End at the end of the period that is billed, or of the trial. Raises WrongMoment, NotFound."""
    today = timezone.localdate(now)

    def change(row: Subscription) -> None:
        if row.ends_on is not None:
            raise WrongMoment(_("Sie haben schon gekündigt."))
        row.ends_on = max(today, row.billed_until or row.trial_ends_on)
        letters.send_left(row)

    return _changed(tenant_id, "fee.left", change, actor=actor, today=today)


def stay(tenant_id: int, *, actor: Actor, now: datetime) -> SubscriptionView:
    """Take leaving back while the last day has not passed. Raises WrongMoment, NotFound."""
    today = timezone.localdate(now)

    def change(row: Subscription) -> None:
        if row.ends_on is None or row.ends_on < today:
            raise WrongMoment(_("Hier gibt es nichts zurückzunehmen."))
        row.ends_on = None

    return _changed(tenant_id, "fee.stayed", change, actor=actor, today=today)


def extend_trial(
    tenant_id: int, until: date, *, reason: str, actor: Actor, now: datetime
) -> SubscriptionView:
    """Lengthen a town's trial. Raises InvalidInput, WrongMoment, NotFound."""
    today = timezone.localdate(now)
    if not reason.strip():
        raise InvalidInput(_("Geben Sie einen Grund an. Er steht im Protokoll."), field="reason")

    def change(row: Subscription) -> None:
        if row.ordered_at is not None:
            raise WrongMoment(_("Diese Kommune hat schon bestellt."))
        if until <= row.trial_ends_on or until < today:
            raise InvalidInput(_("Das neue Ende liegt nicht nach dem bisherigen."), field="until")
        if until > today + timedelta(days=MOST_TRIAL_DAYS):
            raise InvalidInput(_("Länger als zwei Jahre geht es nicht auf einmal."), field="until")
        row.trial_ends_on = until
        if row.ends_on is not None and row.ends_on < until:
            row.ends_on = None

    return _changed(
        tenant_id, "fee.trial_extended", change, actor=actor, today=today, reason=reason.strip(),
        data={"until": until.isoformat()},
    )  # fmt: skip


def look_after(tenant_id: int, *, now: datetime) -> None:
    """What time alone brings: the trial's end is announced two weeks ahead, the standing follows the day."""
    today = timezone.localdate(now)
    with in_public(), transaction.atomic():
        row = locked_subscription(tenant_id)
        if row is None:
            return
        is_near = today <= row.trial_ends_on <= today + timedelta(days=letters.TRIAL_NOTICE_DAYS)
        if (
            row.ordered_at is None
            and row.ends_on is None
            and is_near
            and row.trial_told_on != row.trial_ends_on
        ):
            row.trial_told_on = row.trial_ends_on
            row.save(update_fields=["trial_told_on"])
            letters.send_trial_ending(row)
        refresh_standing(row, today=today)


def _refuse_unfit(row: Subscription, choice: PlanChoice, today: date) -> None:
    fitting = fitting_plans(kind=str(row.tenant.kind), population=row.tenant.population, on=today)
    found = next((one for one in fitting if one.id == choice.plan_id), None)
    if found is None or found.price_for(choice.interval) is None:
        raise PlanUnfit(
            _("Dieser Tarif passt nicht zu Ihrer Einrichtung oder wird nicht mehr angeboten."), field="choice"
        )


def _changed(
    tenant_id: int,
    action: str,
    change: Callable[[Subscription], None],
    *,
    actor: Actor,
    today: date,
    reason: str = "",
    data: dict[str, object] | None = None,
) -> SubscriptionView:
    with transaction.atomic():
        with in_public():
            row = locked_subscription(tenant_id)
            if row is None:
                raise NotFound(_("Für diese Kommune ist noch kein Beitrag eingerichtet."))
            change(row)
            row.save()
            refresh_standing(row, today=today)
        record(action, tenant_id, actor=actor, reason=reason, data=data)
    return subscription_of(tenant_id, today=today)


def _forget(town: Tenant) -> None:
    with in_public():
        forget_tenant(town)
