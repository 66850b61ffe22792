"""Letters the page's fonts have: what people typed must not keep a document from being written (PDF/A).

PDF/A and PDF/UA refuse a sign without a glyph.
Not here: the page (``invoice.typ``). The XML inside keeps every sign.
"""

import unicodedata

_RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x192, 0x192), (0x1FA, 0x1FF), (0x218, 0x21B), (0x2C6, 0x2DD),
    (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x491), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EF2, 0x1EF3),
    (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2212, 0x2212),
)  # fmt: skip


def printable(text: str) -> str:
    """``text`` without signs no font has: letters of other scripts become a question mark, pictures go.

    >>> printable("Müller 🎉 & Söhne"), printable("Şenay 王")
    ('Müller & Söhne', 'Şenay ?')
    """
    kept = "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))
    return text if kept == text else " ".join(kept.split())


def _sign(sign: str) -> str:
    if sign in "\n\r\t" or any(first <= ord(sign) <= last for first, last in _RANGES):
        return sign
    plain = unicodedata.normalize("NFKD", sign)[0]
    if any(first <= ord(plain) <= last for first, last in _RANGES):
        return plain
    return "?" if unicodedata.category(sign).startswith(("L", "N")) else ""
