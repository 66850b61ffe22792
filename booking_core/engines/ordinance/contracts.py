"""What goes into and comes out of the ordinance engine: requests, quotes, lines, reasons, reports.

Not here: what pages show of a document (``infos``), its language (``language``), quoting (``quoting``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from booking_core.kernel.money import ZERO, Money
from booking_core.kernel.spans import Span

FactValue = str | int | bool | Decimal | tuple[str, ...]


class Outcome(StrEnum):
    """What the ordinance says to a request."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NEEDS_DECISION = "needs_decision"
    RULE_VIOLATION = "rule_violation"
    CANCELLED = "cancelled"


class LineKind(StrEnum):
    """Which part of the ordinance a line comes from; rules about other rules name these."""

    RATE = "rate"
    EXTRA = "extra"
    ADDON = "addon"
    SURCHARGE = "surcharge"
    EXEMPTION = "exemption"
    TAX = "tax"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A sentence or a label in German and in English."""

    de: str
    en: str

    def in_language(self, code: str) -> str:
        """Return the English text for ``en…`` codes, else the German one."""
        return self.en if code.lower().startswith("en") else self.de


NO_TEXT = LocalizedText("", "")


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """One booking as the ordinance sees it. Ids are the document's own.

    ``spans``: one per date, half-open, read on the wall clock of ``zone``. ``pieces``: resource id → number of
    pieces (chairs, desks); a resource not named counts once. ``extras``: extra id → quantity. ``facts``: answers to
    the document's questions. ``measured``: what is read after use (kWh, guests counted). ``history``: what this
    person used before, ``"<unit>:<period>"`` → amount, unit ``days``, ``hours`` or ``bookings``, period
    ``2026-09``, ``2026-W37`` or ``2026``. ``readings``: ambiguity id → reading id; the document's default where
    silent. ``further_groups``: other groups taking part.
    """

    resources: tuple[str, ...]
    spans: tuple[Span, ...]
    zone: ZoneInfo
    group: str | None = None
    purpose: str | None = None
    persons: int | None = None
    extras: Mapping[str, Decimal] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    requested_at: datetime | None = None
    cancelled_at: datetime | None = None
    paid_at: datetime | None = None
    measured: Mapping[str, Decimal] = field(default_factory=dict)
    history: Mapping[str, Decimal] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[str, int] = field(default_factory=dict)
    further_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line: quantity × unit price × factor, rounded half up to the cent.

    ``unit`` is a stable word (``day``, ``started_hour``, ``handover_period``, ``piece`` …), ``unit_label`` says it
    in words. ``after_use`` lines are settled after the booking. ``tax_percent`` None: no tax shown.
    """

    rule: str
    label: LocalizedText
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Money
    factor: Decimal = Decimal(1)
    after_use: bool = False
    paragraph: str = ""
    explanation: LocalizedText = NO_TEXT
    resource: str | None = None
    kind: LineKind = LineKind.RATE
    unit_label: LocalizedText = NO_TEXT
    tax_percent: Decimal | None = None
    tax_mode: str = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request is not simply accepted. ``field`` names the input to change, where there is one."""

    rule: str
    code: str
    text: LocalizedText
    paragraph: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One rule of the document and what became of it in this quote."""

    rule: str
    applied: bool
    text: LocalizedText
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The ordinance's answer. The deposit is never part of a total.

    ``fee_known`` is False where the document names no fee (rules only): then an empty bill does not mean free.
    ``deposit_known`` is False where a deposit is due but its amount is not published. ``deposit_set_off``: the
    deposit is set off against the fee after the return, see ``balance_after_return``.
    """

    outcome: Outcome
    lines: tuple[PriceLine, ...] = ()
    total: Money = ZERO
    total_after_settlement: Money = ZERO
    deposit: Money = ZERO
    reasons: tuple[Reason, ...] = ()
    derivation: tuple[Step, ...] = ()
    needs_approval: bool = False
    readings: Mapping[str, str] = field(default_factory=dict)
    fee_known: bool = True
    deposit_known: bool = True
    deposit_set_off: bool = False
    payment_due_on: date | None = None
    balances: Mapping[str, Decimal] = field(default_factory=dict)
    priority: int | None = None

    @property
    def to_pay(self) -> Money:
        """Fee and deposit together, before the event."""
        return self.total + self.deposit

    @property
    def balance_after_return(self) -> Money:
        """Deposit less final fee: positive is paid back, negative is still to pay."""
        return self.deposit - self.total_after_settlement if self.deposit_set_off else self.deposit


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """One mistake in a document: where it stands, and what was expected there. Lines and columns count from 1."""

    line: int
    column: int
    path: str
    message: LocalizedText


class DocumentInvalid(Exception):
    """The text is not an ordinance document; ``problems`` says everything that is wrong at once."""

    def __init__(self, problems: tuple[DocumentProblem, ...], *, source: str = "") -> None:
        super().__init__(
            "; ".join(f"{source}:{p.line}:{p.column} {p.path}: {p.message.en}" for p in problems)
        )
        self.problems = problems
        self.source = source


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of an example that came out otherwise; ``line`` of the text it stands in, 0 where there is none."""

    field: str
    expected: str
    actual: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One worked booking of a document, run. ``reading`` is set for each reading of an ambiguous one.

    ``computed`` holds the lines that came out where something came out otherwise.
    """

    example: str
    reading: str
    passed: bool
    differences: tuple[Difference, ...] = ()
    computed: tuple[PriceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All examples of a document and the contradictions between its rules."""

    results: tuple[ExampleResult, ...]
    problems: tuple[DocumentProblem, ...] = ()

    @property
    def passed(self) -> bool:
        """True where every example came out exactly and no two rules contradict each other."""
        return not self.problems and all(result.passed for result in self.results)
