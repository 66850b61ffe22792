"""The official municipality key (AGS): eight digits, and what they say. Pure.

    0 1 | 0 | 5 8 | 0 2 2      Borgstedt
    state  region  district  municipality

Not here: whether the municipality exists; there is no public register to ask that is always reachable.
Source: Statistisches Bundesamt, Gemeindeverzeichnis, "Amtlicher Gemeindeschlüssel".
"""

import re

from django.utils.translation import gettext as _

#: First two digits → (ISO 3166-2 without "DE-", name).
STATES = {
    "01": ("SH", "Schleswig-Holstein"),
    "02": ("HH", "Hamburg"),
    "03": ("NI", "Niedersachsen"),
    "04": ("HB", "Bremen"),
    "05": ("NW", "Nordrhein-Westfalen"),
    "06": ("HE", "Hessen"),
    "07": ("RP", "Rheinland-Pfalz"),
    "08": ("BW", "Baden-Württemberg"),
    "09": ("BY", "Bayern"),
    "10": ("SL", "Saarland"),
    "11": ("BE", "Berlin"),
    "12": ("BB", "Brandenburg"),
    "13": ("MV", "Mecklenburg-Vorpommern"),
    "14": ("SN", "Sachsen"),
    "15": ("ST", "Sachsen-Anhalt"),
    "16": ("TH", "Thüringen"),
}
STATE_NAMES = dict(STATES.values())
#: States that never had administrative regions: their third digit is 0.
_WITHOUT_REGIONS = {"01", "02", "04", "10", "11", "12", "13", "15", "16"}
#: States that are one municipality: everything behind the first two digits is 0.
_CITY_STATES = {"02", "11"}
_LENGTH, _REGIONAL_KEY_LENGTH = 8, 12


class KeyFaulty(ValueError):
    """The key cannot be right; the message is a sentence for people."""


def read_key(typed: str) -> str:
    """The eight digits of a key as people type it ("01 0 58 022"). Raises KeyFaulty with what is wrong.

    >>> read_key("01 0 58 022")
    '01058022'
    """
    digits = re.sub(r"[\s./-]", "", typed)
    if not re.fullmatch(r"[0-9]+", digits):
        raise KeyFaulty(_("Der Gemeindeschlüssel besteht nur aus Ziffern, zum Beispiel 01058022."))
    if len(digits) == _REGIONAL_KEY_LENGTH:
        raise KeyFaulty(
            _(
                "Das ist der zwölfstellige Regionalschlüssel. Der achtstellige Gemeindeschlüssel dazu ist %(key)s."
            )
            % {"key": digits[:5] + digits[9:]}
        )
    if len(digits) != _LENGTH:
        raise KeyFaulty(
            _("Der Gemeindeschlüssel hat acht Ziffern, hier sind es %(count)s. Beispiel: 01058022.")
            % {"count": len(digits)}
        )
    _refuse_impossible(digits)
    return digits


def federal_state(key: str) -> str:
    """The ISO code of the state a checked key lies in.

    >>> federal_state("01058022")
    'SH'
    """
    return STATES[key[:2]][0]


def _refuse_impossible(key: str) -> None:
    state = STATES.get(key[:2])
    if state is None:
        raise KeyFaulty(
            _(
                "Die ersten beiden Ziffern nennen das Bundesland und liegen zwischen 01 und 16."
                " „%(prefix)s“ gibt es nicht."
            )
            % {"prefix": key[:2]}
        )
    if key[:2] in _CITY_STATES:
        if key[2:] != "000000":
            raise KeyFaulty(
                _("In %(state)s gibt es nur den Schlüssel %(key)s.")
                % {"state": state[1], "key": key[:2] + "000000"}
            )
        return
    if key[:2] in _WITHOUT_REGIONS and key[2] != "0":
        raise KeyFaulty(
            _("In %(state)s ist die dritte Ziffer immer 0. Bitte prüfen Sie den Schlüssel.")
            % {"state": state[1]}
        )
    if key[3:5] == "00":
        raise KeyFaulty(
            _(
                "Die vierte und fünfte Ziffer nennen den Kreis und sind nie 00. Bitte prüfen Sie den Schlüssel."
            )
        )
