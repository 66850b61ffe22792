"""Friedrichshafen-Ailingen: a hall in thirds and a music room, four base hours, requests that confirm themselves.

Prices are the real charges (``ordinances/library/friedrichshafen-rotach.yaml``); people and dates are invented.
"""

from datetime import date

from booking_core.catalog.contracts import LocationData
from onboarding.demo.contracts import DemoBooking, DemoPerson, DemoPlace, DemoRoom, DemoTown, Picture, daily
from onboarding.demo.past import IN_FRIEDRICHSHAFEN
from onboarding.demo.staff import people_of, plan_for

_RULES = (
    "Die Halle wird nur mit Hallenschuhen betreten.\n"
    "Die Trennvorhänge bedient der Hausdienst.\n"
    "Nach der vereinbarten Zeit ist keine Nutzung mehr möglich.\n"
    "Die Halle wird sauber zurückgegeben; sonst berechnen wir die Stunden des Hausdienstes."
)
_ACCESS = (
    "step_free",
    "accessible_toilet",
    "lift",
    "wide_doors",
    "accessible_parking",
    "automatic_door",
    "accessible_shower",
)
_SPORT = (
    "sports_equipment",
    "changing_rooms",
    "showers",
    "scoreboard",
    "stands",
    "parking",
    "bicycle_parking",
)
_HANDBALL = ("Hannes Handball", "training@beispiel-handball.example", "HSG Beispiel")
_GALA = ("Gina Gala", "gina@gala.example", "Beispielbühne Ailingen")
_BAND = ("Bela Band", "bela@band.example", "Musikverein Muster")
_TINA = ("Tina Turnen", "tina@turnen.example", "")


def _third(number: int) -> DemoRoom:
    return DemoRoom(
        name=f"Hallendrittel {number}",
        kind="hall",
        codes=(f"third{number}",),
        pictures=(
            Picture(
                f"sports_hall_{number}", f"Sporthalle mit Trennvorhängen, Drittel {number} ist beleuchtet"
            ),
        ),
        facts={
            "summary": f"Ein Drittel der Halle: 15 × 27 m, Teil {number} von 3",
            "description": "Ein abgetrennter Teil der Halle mit eigenem Zugang zu den Umkleiden.",
            "capacity": 130,
            "area_m2": 405,
            "amenities": _SPORT,
            "accessibility": _ACCESS,
            "house_rules": _RULES,
            "position": 10 + number,
        },
    )


def _whole(
    name: str, codes: tuple[str, ...], parts: tuple[int, ...], position: int, summary: str
) -> DemoRoom:
    return DemoRoom(
        name=name,
        kind="hall",
        codes=codes,
        pictures=(Picture("sports_hall", "Weite Sporthalle mit Basketballkörben und Spielfeldlinien"),),
        parts_of=tuple(f"Hallendrittel {part}" for part in parts),
        facts={
            "summary": summary,
            "description": (
                "Die Rotach-Halle ist Sporthalle und Festhalle zugleich. Für Veranstaltungen gibt es Bühne, Tonanlage"
                " und Festbeleuchtung; auf Wunsch übernimmt die Stadt das Auf- und Abstuhlen."
            ),
            "capacity": 200 * len(parts),
            "area_m2": 405 * len(parts),
            "amenities": (*_SPORT, "stage", "sound", "lighting", "tables_chairs"),
            "accessibility": _ACCESS,
            "house_rules": _RULES,
            "position": position,
        },
    )


_MUSIC = DemoRoom(
    name="Musikübungsraum",
    kind="room",
    codes=("music_room",),
    pictures=(Picture("music_room", "Proberaum mit Klavier, Notenständern und gemalten Noten an der Wand"),),
    facts={
        "summary": "Schallgedämmter Proberaum mit Klavier für bis zu 40 Personen",
        "description": "Für Chor, Band und Orchester: Klavier, 40 Stühle, Notenständer, gute Dämmung bis in die Nacht.",
        "capacity": 40,
        "area_m2": 70,
        "amenities": ("piano", "tables_chairs", "heating", "wifi", "lockers"),
        "accessibility": ("step_free", "accessible_toilet", "lift", "induction_loop"),
        "house_rules": _RULES,
        "position": 20,
    },
    hours=daily(9, 23),
)

FRIEDRICHSHAFEN = DemoTown(
    plan=plan_for(
        "friedrichshafen",
        official_name="Stadt Friedrichshafen, Ortsverwaltung Ailingen",
        short_name="Friedrichshafen-Ailingen",
        federal_state="BW",
        street="Beispielstraße 2",
        postal_code="88048",
        city="Friedrichshafen",
        contact_phone="07541 000000",
        brand_colour="#0b4f8a",
        tagline="Die Rotach-Halle: ganz, in Dritteln oder nur zum Proben",
        auto_confirm=True,
    ),
    ordinance="friedrichshafen-rotach",
    in_force=date(2022, 1, 1),
    places=(
        DemoPlace(
            data=LocationData(
                name="Rotach-Halle Ailingen",
                slug="rotach-halle",
                description="Dreifachhalle aus Holz und Glas mit Blick auf die Berge.",
                street="Beispielstraße 20",
                postal_code="88048",
                city="Friedrichshafen",
                latitude=47.6845,
                longitude=9.4895,
                directions="Buslinie 12 bis Rotach-Halle. Parkplätze und Fahrradständer am Eingang.",
                step_free_directions="Automatische Tür am Haupteingang, Aufzug zur Tribüne und zum Musikübungsraum.",
            ),
            hours=daily(7, 24),
            pictures=(Picture("sports_hall_outside", "Halle aus Holz und Glas, dahinter Berge mit Schnee"),),
            rooms=(
                _third(1),
                _third(2),
                _third(3),
                _whole("Ganze Halle", ("whole",), (1, 2, 3), 1, "Alle drei Drittel: Turniere, Feste, Märkte"),
                _whole("Zwei Drittel (1 und 2)", ("third1", "third2"), (1, 2), 2, "Drittel 1 und 2 ohne Vorhang"),
                _whole("Zwei Drittel (2 und 3)", ("third2", "third3"), (2, 3), 3, "Drittel 2 und 3 ohne Vorhang"),
                _MUSIC,
            ),
        ),
    ),
    people=(
        *people_of("friedrichshafen", "Rotach-Halle Ailingen"),
        DemoPerson("Hannes Handball", "training@beispiel-handball.example", organisation="HSG Beispiel"),
        DemoPerson("Tina Turnen", "tina@turnen.example"),
    ),
    bookings=(
        DemoBooking("Handballtraining", ("Zwei Drittel (1 und 2)",), 1, "18:00", "20:00", _HANDBALL, "anyone",
                    "unseated", 28, weekday=1),
        DemoBooking("Handballtraining", ("Zwei Drittel (1 und 2)",), 8, "18:00", "20:00", _HANDBALL, "anyone",
                    "unseated", 28, weekday=1),
        DemoBooking("Kinderturnen", ("Hallendrittel 3",), 0, "15:00", "17:00", _TINA, "anyone", "unseated", 24),
        DemoBooking("Kinderturnen", ("Hallendrittel 3",), 7, "15:00", "17:00", _TINA, "anyone", "unseated", 24),
        DemoBooking("Orchesterprobe", ("Musikübungsraum",), 2, "19:00", "22:00", _BAND, "anyone", "seated", 35,
                    weekday=3),
        DemoBooking("Orchesterprobe", ("Musikübungsraum",), 9, "19:00", "22:00", _BAND, "anyone", "seated", 35,
                    weekday=3),
        DemoBooking("Galaabend", ("Ganze Halle",), 16, "15:00", "23:00", _GALA, "anyone", "seated", 420, weekday=5,
                    extras=("stage", "pa", "seating_by_city", "front_stage_by_city"),
                    message="Der Aufbau der Kulisse dauert etwa drei Stunden."),
        DemoBooking("Hallenflohmarkt", ("Ganze Halle",), 23, "08:00", "18:00", _TINA, "anyone", "unseated", 300,
                    weekday=6),
        DemoBooking("Badminton", ("Hallendrittel 1",), 4, "19:00", "21:00", _TINA, "anyone", "unseated", 12,
                    then=("cancel:Zu wenige Spieler.",)),
        DemoBooking("Betriebsfest", ("Zwei Drittel (2 und 3)",), 10, "17:00", "23:00", _GALA, "anyone", "seated", 240,
                    weekday=4, extras=("seating_by_city",)),
        DemoBooking("Bandprobe", ("Musikübungsraum",), -6, "18:00", "21:00", _BAND, "anyone", "unseated", 6),
        DemoBooking("Turnier", ("Ganze Halle",), -13, "08:00", "18:00", _HANDBALL, "anyone", "unseated", 350,
                    weekday=5, then=("note:Vorhang 2 klemmt, Firma ist bestellt.",)),
        *IN_FRIEDRICHSHAFEN,
    ),
)  # fmt: skip
