"""Fee and usage ordinances as data: (document, request) → outcome, price lines and the paragraphs that led there.

Not here: storing versions, choosing the version in force, free times (``ordinances``, ``availability``).
"""

from booking_core.engines.ordinance.adding_up import added_up
from booking_core.engines.ordinance.checking import check
from booking_core.engines.ordinance.comparing import Change, ChangeKind, compare
from booking_core.engines.ordinance.contracts import (
    CheckReport,
    Difference,
    DocumentInvalid,
    DocumentProblem,
    ExampleResult,
    FactValue,
    LineKind,
    LocalizedText,
    Outcome,
    PriceLine,
    Quote,
    QuoteRequest,
    Reason,
    Step,
)
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.earlier_use import (
    EarlierUse,
    asks_for_history,
    history_of,
    period_looked_at,
)
from booking_core.engines.ordinance.infos import (
    AmbiguityInfo,
    DocumentInfo,
    ExtraInfo,
    FactInfo,
    NamedValue,
    PriceRow,
    ResourceInfo,
    RuleInWords,
)
from booking_core.engines.ordinance.keeping import request_from_stored, request_to_data
from booking_core.engines.ordinance.loading import document_from_data, document_to_data, load_document, schema
from booking_core.engines.ordinance.merging import Standing, Update, own_changes, updates, with_changes
from booking_core.engines.ordinance.price_table import price_table
from booking_core.engines.ordinance.quoting import quote
from booking_core.engines.ordinance.requests import request_from_data
from booking_core.engines.ordinance.rule_index import RuleLine, rule_lines
from booking_core.engines.ordinance.storing import quote_from_data, quote_to_data

__all__ = [
    "AmbiguityInfo",
    "Change",
    "ChangeKind",
    "CheckReport",
    "Difference",
    "Document",
    "DocumentInfo",
    "DocumentInvalid",
    "DocumentProblem",
    "EarlierUse",
    "ExampleResult",
    "ExtraInfo",
    "FactInfo",
    "FactValue",
    "LineKind",
    "LocalizedText",
    "NamedValue",
    "Outcome",
    "PriceLine",
    "PriceRow",
    "Quote",
    "QuoteRequest",
    "Reason",
    "ResourceInfo",
    "RuleInWords",
    "RuleLine",
    "Standing",
    "Step",
    "Update",
    "added_up",
    "asks_for_history",
    "check",
    "compare",
    "document_from_data",
    "document_to_data",
    "history_of",
    "load_document",
    "own_changes",
    "period_looked_at",
    "price_table",
    "quote",
    "quote_from_data",
    "quote_to_data",
    "request_from_data",
    "request_from_stored",
    "request_to_data",
    "rule_lines",
    "schema",
    "updates",
    "with_changes",
]
