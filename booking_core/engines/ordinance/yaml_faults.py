"""What is wrong with text that is no YAML, in sentences a clerk understands, in German and English.

Not here: finding it (``positions``), mistakes of the language itself (``mistakes``).
"""

import re

from booking_core.engines.ordinance.contracts import LocalizedText

# Words of the YAML reader → what a person did.
_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        r"'\\t'",
        "Hier steht ein Tabulator. Zum Einrücken werden Leerzeichen erwartet.",
        "There is a tab here. Spaces are expected for indentation.",
    ),
    (
        r"mapping values are not allowed",
        "Hier steht ein zweiter Doppelpunkt, oder die Zeile ist falsch eingerückt. Text mit Doppelpunkt gehört in "
        "Anführungszeichen.",
        "There is a second colon here, or the line is indented wrongly. Text with a colon belongs in quotation marks.",
    ),
    (
        r"could not find expected ':'",
        "Hier wird „Name: Wert“ erwartet; der Doppelpunkt mit Leerzeichen dahinter fehlt.",
        "“name: value” is expected here; the colon followed by a space is missing.",
    ),
    (
        r"expected <block end>",
        "Diese Zeile ist anders eingerückt als die Zeilen, zu denen sie gehört.",
        "This line is indented otherwise than the lines it belongs to.",
    ),
    (
        r"expected ',' or '[\]}]'",
        "Hier wird ein Komma oder die schließende Klammer erwartet. Text mit Doppelpunkt oder Komma gehört in "
        "Anführungszeichen.",
        "A comma or the closing bracket is expected here. Text with a colon or a comma belongs in quotation marks.",
    ),
    (
        r"expected the node content",
        "Hier wird ein Wert erwartet.",
        "A value is expected here.",
    ),
    (
        r"unexpected end of stream|found unexpected document",
        "Das Dokument endet mitten in einem Text; ein Anführungszeichen fehlt.",
        "The document ends inside a text; a quotation mark is missing.",
    ),
    (
        r"unknown escape character",
        "In doppelten Anführungszeichen hat \\ eine besondere Bedeutung. Erwartet werden einfache Anführungszeichen.",
        "Within double quotation marks \\ has a special meaning. Single quotation marks are expected.",
    ),
    (
        r"found another document",
        "Hier beginnt mit --- ein zweites Dokument. Erwartet wird genau eines je Datei.",
        "A second document begins here with ---. Exactly one per file is expected.",
    ),
    (
        r"alias|anchor",
        "Verweise (&, *) sind nicht erlaubt. Text, der mit * oder & beginnt, gehört in Anführungszeichen.",
        "Aliases (&, *) are not allowed. Text that begins with * or & belongs in quotation marks.",
    ),
    (
        r"cannot start any token",
        "Mit diesem Zeichen kann kein Wert beginnen. Der Text gehört in Anführungszeichen.",
        "No value can begin with this character. The text belongs in quotation marks.",
    ),
    (
        r"special characters are not allowed|unacceptable character",
        "Hier steht ein unsichtbares Steuerzeichen, das nicht erlaubt ist.",
        "There is an invisible control character here that is not allowed.",
    ),
    (
        r"tag|%",
        "Angaben mit ! oder % zu Beginn kennt diese Sprache nicht. Der Text gehört in Anführungszeichen.",
        "This language knows no words that begin with ! or %. The text belongs in quotation marks.",
    ),
)


NO_SPACE_AFTER_DASH = LocalizedText(
    "Das ist kein gültiges YAML. Nach dem Strich am Anfang der Zeile wird ein Leerzeichen erwartet.",
    "This is not valid YAML. A space is expected after the dash that begins the line.",
)
OPEN_ENDED = "unexpected end of stream|found unexpected document"  # better told where the text begins


def fault_in_words(problem: str) -> LocalizedText:
    """Say what the YAML reader stumbled over.

    >>> fault_in_words("found character '\\\\t' that cannot start any token").en
    'This is not valid YAML. There is a tab here. Spaces are expected for indentation.'
    """
    for pattern, german, english in _SENTENCES:
        if re.search(pattern, problem):
            return LocalizedText(
                f"Das ist kein gültiges YAML. {german}", f"This is not valid YAML. {english}"
            )
    return LocalizedText(
        "Das ist kein gültiges YAML. Hier wird „Name: Wert“ oder eine Liste mit - erwartet.",
        "This is not valid YAML. “name: value” or a list with - is expected here.",
    )
