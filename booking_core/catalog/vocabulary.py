"""The words for what a place has and how accessible it is: code → label. Order is the order on pages.

Not here: free text (``Resource.accessibility_note``), the icons (``design_system``).
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AMENITIES: Mapping[str, "Promise | str"] = {
    "tables_chairs": _("Tische und Stühle"),
    "kitchen": _("Küche"),
    "tea_kitchen": _("Teeküche"),
    "dishes": _("Geschirr"),
    "bar": _("Theke"),
    "stage": _("Bühne"),
    "sound": _("Tonanlage"),
    "lighting": _("Bühnenlicht"),
    "projector": _("Beamer"),
    "screen": _("Bildschirm oder Leinwand"),
    "whiteboard": _("Tafel oder Whiteboard"),
    "video_conference": _("Videokonferenz"),
    "wifi": _("WLAN"),
    "piano": _("Klavier"),
    "heating": _("Heizung"),
    "air_conditioning": _("Klimaanlage"),
    "blackout": _("Verdunkelung"),
    "cloakroom": _("Garderobe"),
    "toilets": _("Toiletten"),
    "showers": _("Duschen"),
    "changing_rooms": _("Umkleiden"),
    "stands": _("Zuschauerplätze"),
    "sports_equipment": _("Sportgeräte"),
    "scoreboard": _("Anzeigetafel"),
    "floodlight": _("Flutlicht"),
    "outdoor_area": _("Außenbereich"),
    "barbecue": _("Grillplatz"),
    "parking": _("Parkplätze"),
    "bicycle_parking": _("Fahrradstellplätze"),
    "power_outdoors": _("Strom im Freien"),
    "workbench": _("Werkbank"),
    "printer": _("Drucker"),
    "lockers": _("Schließfächer"),
}

ACCESSIBILITY: Mapping[str, "Promise | str"] = {
    "step_free": _("Stufenlos erreichbar"),
    "accessible_toilet": _("Rollstuhlgerechte Toilette"),
    "lift": _("Aufzug"),
    "wide_doors": _("Türen mindestens 90 cm breit"),
    "accessible_parking": _("Behindertenparkplatz"),
    "induction_loop": _("Induktive Höranlage"),
    "tactile_guidance": _("Leitsystem zum Ertasten"),
    "automatic_door": _("Automatische Tür"),
    "accessible_shower": _("Rollstuhlgerechte Dusche"),
    "assistance_dog": _("Assistenzhunde willkommen"),
}


def labels_of(codes: Iterable[str], vocabulary: Mapping[str, "Promise | str"]) -> tuple[str, ...]:
    """The labels of ``codes`` in the active language; a code this version does not know shows as itself."""
    return tuple(str(vocabulary.get(code, code)) for code in codes)
