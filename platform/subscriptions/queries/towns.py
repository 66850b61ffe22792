"""What towns owe and ordered: one town's page, and the column of the operators' table.

Not here: documents (``queries.invoices``), what a run would do (``queries.runs``).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from subscriptions.contracts import Billing, PlanView, SubscriptionView, Terms
from subscriptions.models import FeeEntry, FeeReminder, Plan, StripeInvoice, Subscription
from subscriptions.queries.plans import plan_view, terms
from subscriptions.standing import Facts, standing_on
from tenants.context import in_public


def subscription_of(tenant_id: int, *, today: date) -> SubscriptionView:
    """One town's subscription. Raises NotFound where none was opened yet."""
    found = subscriptions([tenant_id], today=today)
    if tenant_id not in found:
        raise NotFound(_("Für diese Kommune ist noch kein Beitrag eingerichtet."))
    return found[tenant_id]


def subscriptions(tenant_ids: Iterable[int] | None = None, *, today: date) -> dict[int, SubscriptionView]:
    """The subscriptions of these towns (None: of all) by town; six statements however many they are."""
    with in_public():
        found = Subscription.objects.select_related("tenant", "plan", "next_plan")
        if tenant_ids is not None:
            found = found.filter(tenant_id__in=list(tenant_ids))
        rows = list(found)
        ids = [row.tenant_id for row in rows]
        owed, named = open_cents(ids), reminded_days(ids)
        known, rules = _plans(rows, today), terms()
    return {
        row.tenant_id: _view(
            row,
            known,
            rules,
            owed=owed.get(row.tenant_id, 0),
            reminded=named.get(row.tenant_id, ()),
            today=today,
        )
        for row in rows
    }


def entry_town(uuid: UUID) -> int:
    """The town a movement belongs to. Raises NotFound."""
    with in_public():
        found = FeeEntry.objects.filter(uuid=uuid).values_list("invoice__tenant_id", flat=True).first()
    if found is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    return found


def open_cents(tenant_ids: Sequence[int]) -> dict[int, int]:
    """What towns owe. Call in the public schema."""
    sums = FeeEntry.objects.filter(invoice__tenant_id__in=list(tenant_ids))
    found = sums.order_by().values("invoice__tenant_id").annotate(cents=Sum("amount_cents"))
    owed = {row["invoice__tenant_id"]: row["cents"] for row in found}
    online = StripeInvoice.objects.filter(tenant_id__in=list(tenant_ids), state="open")
    for row in online.order_by().values("tenant_id").annotate(cents=Sum("open_cents")):
        owed[row["tenant_id"]] = owed.get(row["tenant_id"], 0) + row["cents"]
    return owed


def reminded_days(tenant_ids: Iterable[int]) -> dict[int, tuple[date | None, ...]]:
    """For each town: per open invoice that was reminded of, the day named in the last reminder. In public."""
    reminders = (
        FeeReminder.objects.filter(invoice__tenant_id__in=list(tenant_ids), invoice__is_cancelled=False)
        .annotate(open_cents=Sum("invoice__entries__amount_cents"))
        .filter(open_cents__gt=0)
        .order_by("invoice_id", "step")
        .values_list("invoice__tenant_id", "invoice_id", "read_only_on")
    )
    latest: dict[int, dict[int, date | None]] = {}
    for tenant_id, invoice_id, named in reminders:
        latest.setdefault(tenant_id, {})[invoice_id] = named
    return {tenant_id: tuple(by_invoice.values()) for tenant_id, by_invoice in latest.items()}


def facts_of(row: Subscription, rules: Terms, reminded: tuple[date | None, ...]) -> Facts:
    """What decides a town's standing."""
    return Facts(
        trial_ends_on=row.trial_ends_on,
        grace_days=rules.grace_days,
        is_ordered=row.ordered_at is not None,
        ends_on=row.ends_on,
        reminded=(*reminded, row.stripe_read_only_on) if row.stripe_read_only_on else reminded,
    )


def billing_of(row: Subscription) -> Billing:
    """Where invoices go: what the town said, else its public address."""
    town = row.tenant
    return Billing(
        name=row.billing_name or town.official_name,
        unit=row.billing_unit,
        street=row.billing_street or town.street,
        postal_code=row.billing_postal_code or town.postal_code,
        city=row.billing_city or town.city,
        email=row.billing_email or town.contact_email,
        leitweg_id=row.leitweg_id,
    )


def _plans(rows: list[Subscription], today: date) -> dict[int, PlanView]:
    wanted = {pk for row in rows for pk in (row.plan_id, row.next_plan_id) if pk}
    return {
        row.pk: plan_view(row, on=today)
        for row in Plan.objects.filter(pk__in=wanted).prefetch_related("prices")
    }


def _view(
    row: Subscription,
    known: dict[int, PlanView],
    rules: Terms,
    *,
    owed: int,
    reminded: tuple[date | None, ...],
    today: date,
) -> SubscriptionView:
    verdict = standing_on(today, facts_of(row, rules, reminded))
    return SubscriptionView(
        tenant_id=row.tenant_id,
        town=str(row.tenant.short_name),
        kind=str(row.tenant.kind),
        population=row.tenant.population,
        standing=verdict.state,
        cause=verdict.cause,
        read_only_on=verdict.read_only_on,
        state=_state(row, today),
        plan=known.get(row.plan_id or 0),
        interval=row.interval,
        next_plan=known.get(row.next_plan_id or 0),
        next_interval=row.next_interval,
        trial_ends_on=row.trial_ends_on,
        trial_days_left=max((row.trial_ends_on - today).days + 1, 0),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ordered_at=row.ordered_at,
        ordered_by=row.ordered_by,
        billing=billing_of(row),
        open=Money(max(owed, 0)),
        way=row.way,
        stripe_state=row.stripe_state,
        has_stripe=bool(row.stripe_customer),
    )


def _state(row: Subscription, today: date) -> str:
    if row.ends_on is not None:
        return "leaving" if row.ends_on >= today else "left"
    if row.ordered_at is not None:
        return "ordered"
    return "trial" if row.trial_ends_on >= today else "trial_over"
