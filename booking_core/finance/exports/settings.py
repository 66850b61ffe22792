"""How a town hands its claims over: CSV profiles and DATEV accounts, as values stored with the town's profile.

Not here: reading and storing them (``queries.handover``, ``services.handover``).
"""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from booking_core.engines.tax import Exemption

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
AccountNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,9}$")]
TaxKey = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,4}$")]


class Plain(BaseModel):
    """Values that never change and survive JSON unharmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(StrEnum):
    """What a CSV file can tell of a movement."""

    VALUED_ON = "valued_on"
    KIND = "kind"
    ACCOUNT = "account"
    NUMBER = "number"
    REFERENCE = "reference"
    PERSON = "person"
    NAME = "name"
    STREET = "street"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    DUE_ON = "due_on"
    AMOUNT = "amount"
    NET = "net"
    TAX = "tax"
    PERCENT = "percent"
    TAX_CASE = "tax_case"
    WAY = "way"
    SUBJECT = "subject"
    SUPPLY_FIRST_ON = "supply_first_on"
    SUPPLY_LAST_ON = "supply_last_on"
    BOOKING = "booking"
    MANDATE = "mandate"
    TEXT = "text"


COLUMN_LABELS = {
    Column.VALUED_ON: _("Buchungstag"),
    Column.KIND: _("Art"),
    Column.ACCOUNT: _("Bereich"),
    Column.NUMBER: _("Belegnummer"),
    Column.REFERENCE: _("Verwendungszweck"),
    Column.PERSON: _("Personenkonto"),
    Column.NAME: _("Name"),
    Column.STREET: _("Straße"),
    Column.POSTAL_CODE: _("Postleitzahl"),
    Column.CITY: _("Ort"),
    Column.DUE_ON: _("Fällig am"),
    Column.AMOUNT: _("Betrag"),
    Column.NET: _("Netto"),
    Column.TAX: _("Umsatzsteuer"),
    Column.PERCENT: _("Steuersatz"),
    Column.TAX_CASE: _("Steuerfall"),
    Column.WAY: _("Zahlungsweg"),
    Column.SUBJECT: _("Betreff"),
    Column.SUPPLY_FIRST_ON: _("Leistung von"),
    Column.SUPPLY_LAST_ON: _("Leistung bis"),
    Column.BOOKING: _("Buchung"),
    Column.MANDATE: _("Mandatsreferenz"),
    Column.TEXT: _("Vermerk"),
}
TAX_COLUMNS = frozenset({Column.NET, Column.TAX, Column.PERCENT, Column.TAX_CASE})


class Contents(StrEnum):
    """Which movements are in a file."""

    CLAIMS = "claims"  # invoices, cancellations, reminders, write-offs
    EVERYTHING = "everything"


class Separator(StrEnum):
    SEMICOLON = ";"
    COMMA = ","
    TAB = "\t"
    PIPE = "|"


class DateStyle(StrEnum):
    GERMAN = "%d.%m.%Y"
    ISO = "%Y-%m-%d"
    COMPACT = "%Y%m%d"


class Encoding(StrEnum):
    UTF8 = "utf-8-sig"
    WINDOWS = "cp1252"


class CsvProfile(Plain):
    """One way to write the file. With a tax column among ``columns`` a document has a line per tax case."""

    key: Key
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    contents: Contents = Contents.CLAIMS
    columns: tuple[Column, ...] = Field(min_length=1)
    separator: Separator = Separator.SEMICOLON
    decimal_comma: bool = True
    date_style: DateStyle = DateStyle.GERMAN
    encoding: Encoding = Encoding.UTF8
    has_header: bool = True

    @property
    def splits_by_tax(self) -> bool:
        return bool(TAX_COLUMNS & set(self.columns))


READY_PROFILES = (
    CsvProfile(
        key="kasse",
        name="Kassenschnittstelle einfach",
        columns=(
            Column.VALUED_ON, Column.KIND, Column.NUMBER, Column.REFERENCE, Column.NAME, Column.DUE_ON,
            Column.AMOUNT, Column.SUBJECT,
        ),
    ),
    CsvProfile(
        key="personenkonten",
        name="Finanzverfahren Personenkonten",
        contents=Contents.EVERYTHING,
        encoding=Encoding.WINDOWS,
        columns=(
            Column.PERSON, Column.NAME, Column.STREET, Column.POSTAL_CODE, Column.CITY, Column.VALUED_ON,
            Column.KIND, Column.ACCOUNT, Column.NUMBER, Column.REFERENCE, Column.DUE_ON, Column.TAX_CASE,
            Column.PERCENT, Column.NET, Column.TAX, Column.AMOUNT, Column.WAY, Column.MANDATE, Column.TEXT,
        ),
    ),
)  # fmt: skip


class TaxCase(StrEnum):
    """What a document's amount is for the tax office."""

    RATE_19 = "s19"
    RATE_7 = "s7"
    NOT_TAXABLE = Exemption.NOT_TAXABLE.value
    SMALL_BUSINESS = Exemption.SMALL_BUSINESS.value
    LETTING = Exemption.LETTING.value
    CULTURE = Exemption.CULTURE.value
    COURSES = Exemption.COURSES.value


TAX_CASE_LABELS = {
    TaxCase.RATE_19: _("19 % Umsatzsteuer"),
    TaxCase.RATE_7: _("7 % Umsatzsteuer"),
    TaxCase.NOT_TAXABLE: _("nicht steuerbar (§ 2b UStG)"),
    TaxCase.SMALL_BUSINESS: _("Kleinunternehmer (§ 19 UStG)"),
    TaxCase.LETTING: _("Vermietung, steuerfrei (§ 4 Nr. 12 a UStG)"),
    TaxCase.CULTURE: _("Kultur, steuerfrei (§ 4 Nr. 20 UStG)"),
    TaxCase.COURSES: _("Bildung und Sport, steuerfrei (§ 4 Nr. 22 UStG)"),
}


class Role(StrEnum):
    """What an account of the town's ledger is for, besides income by tax case."""

    DEBTORS = "debtors"
    BANK = "bank"
    CASH = "cash"
    CARD = "card"
    ONLINE = "online"
    DEPOSITS = "deposits"
    KEPT = "kept"
    REMINDERS = "reminders"
    WRITE_OFFS = "write_offs"
    CLEARING = "clearing"
    TRANSIT = "transit"


ROLE_LABELS = {
    Role.DEBTORS: _("Forderungen (Sammelkonto)"),
    Role.BANK: _("Bank: Überweisung und Lastschrift"),
    Role.CASH: _("Barkasse"),
    Role.CARD: _("Karte vor Ort"),
    Role.ONLINE: _("Zahlung online"),
    Role.DEPOSITS: _("Hinterlegte Kautionen"),
    Role.KEPT: _("Einbehaltene Kautionen (Ertrag)"),
    Role.REMINDERS: _("Mahngebühren (Ertrag)"),
    Role.WRITE_OFFS: _("Ausgebuchte Forderungen (Aufwand)"),
    Role.CLEARING: _("Durchlaufende Gelder"),
    Role.TRANSIT: _("Verrechnung und Umbuchung"),
}


class IncomeAccount(Plain):
    """Where income of one tax case goes. ``tax_key`` (BU-Schlüssel) stays empty where the account taxes by itself."""

    account: AccountNumber = ""
    tax_key: TaxKey = ""


class DatevSettings(Plain):
    """What a DATEV file needs to know of the town. ``first_person``: each customer an account of its own from here."""

    consultant: Annotated[int, Field(ge=1001, le=9_999_999)]
    client: Annotated[int, Field(ge=1, le=99_999)]
    year_starts_month: Annotated[int, Field(ge=1, le=12)] = 1
    account_length: Annotated[int, Field(ge=4, le=8)] = 4
    income: dict[TaxCase, IncomeAccount] = Field(default_factory=dict)
    accounts: dict[Role, AccountNumber] = Field(default_factory=dict)
    first_person: Annotated[int, Field(ge=10_000, le=999_999_999)] | None = None
