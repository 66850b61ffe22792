"""What the room stores: plans with prices, the operators' terms, one subscription per town, documents and movements."""

from subscriptions.models.accounts import Subscription, Way
from subscriptions.models.documents import FeeEntry, FeeEntryKind, FeeInvoice, FeeNumberRange, FeeReminder
from subscriptions.models.online import StripeInvoice, StripeNotice
from subscriptions.models.plans import FeeTerms, Interval, Plan, PlanPrice

__all__ = [
    "FeeEntry",
    "FeeEntryKind",
    "FeeInvoice",
    "FeeNumberRange",
    "FeeReminder",
    "FeeTerms",
    "Interval",
    "Plan",
    "PlanPrice",
    "StripeInvoice",
    "StripeNotice",
    "Subscription",
    "Way",
]
