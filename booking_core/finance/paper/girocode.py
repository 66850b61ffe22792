"""The QR code a banking app reads: EPC069-12 ("GiroCode").

Not here: where it is shown.
"""

from decimal import Decimal
from io import BytesIO

from segno import QRCode, helpers

from booking_core.finance.paper.content import Payee

_LONGEST_NAME = 70


def girocode(payee: Payee, *, cents: int, reference: str) -> QRCode:
    """The code for a transfer of ``cents`` (from 1) to ``payee`` with ``reference``."""
    is_structured = reference.startswith("RF")
    return helpers.make_epc_qr(
        name=payee.name[:_LONGEST_NAME],
        iban=payee.iban,
        bic=payee.bic or None,
        amount=Decimal(cents) / 100,
        reference=reference if is_structured else None,
        text=None if is_structured else reference,
        encoding=1,
    )


def girocode_svg(payee: Payee, *, cents: int, reference: str) -> bytes:
    """The same as a drawing, with the quiet zone readers need."""
    out = BytesIO()
    girocode(payee, cents=cents, reference=reference).save(
        out, kind="svg", scale=4, border=4, light="#ffffff", title="GiroCode"
    )
    return out.getvalue()
