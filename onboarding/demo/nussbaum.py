"""Nußbaum: one large hall with side rooms, a price per day, group and purpose, heating flat in winter.

Prices are the real statute's (``ordinances/library/nussbaum-halle.yaml``); people and dates are invented.
"""

from datetime import date

from booking_core.catalog.contracts import LocationData
from onboarding.demo.contracts import (
    ALL_WEEK,
    DemoBooking,
    DemoPerson,
    DemoPlace,
    DemoRoom,
    DemoTown,
    Picture,
)
from onboarding.demo.past import IN_NUSSBAUM
from onboarding.demo.staff import people_of, plan_for

_RULES = (
    "Die Halle wird am Tag vor der Feier gemeinsam besichtigt.\n"
    "Tische und Stühle bitte nach dem Plan an der Wand zurückstellen.\n"
    "Strom und Wasser werden nach Verbrauch abgerechnet; der Zählerstand wird vorher und nachher notiert.\n"
    "Ab 24 Uhr bitte keine laute Musik."
)
_STEP_FREE = ("step_free", "accessible_toilet", "wide_doors", "accessible_parking")
_FRIEDA = ("Frieda Familie", "frieda@familie.example", "")
_OTTO = ("Otto Auswärts", "otto@auswaerts.example", "")
_CLUB = ("Vera Verein", "vorstand@beispielverein.example", "Beispielverein Nußbaum")


def _room(name: str, code: str, picture: Picture, position: int, **facts: object) -> DemoRoom:
    usual = {"house_rules": _RULES, "accessibility": _STEP_FREE, "position": position, "grid_minutes": 60}
    return DemoRoom(name, "room", (code,), (picture,), {**usual, **facts})


_HALL = DemoRoom(
    name="Große Halle",
    kind="hall",
    codes=("hall",),
    pictures=(
        Picture("great_hall", "Saal mit Bühne, rotem Vorhang und Stuhlreihen"),
        Picture("festive_hall", "Die Halle mit langen gedeckten Tischen"),
    ),
    facts={
        "summary": "Der Saal mit Bühne für Feste, Theater und Versammlungen bis 200 Personen",
        "description": (
            "Die Große Halle ist der Mittelpunkt des Dorflebens: Kirmes, Fastnacht, Theater und Familienfeste. Bühne,"
            " Vorhang, Tonanlage und Stühle sind da. Küche und Theke liegen im Nebenraum."
        ),
        "capacity": 200,
        "area_m2": 240,
        "amenities": ("stage", "sound", "lighting", "tables_chairs", "heating", "parking", "toilets"),
        "accessibility": _STEP_FREE,
        "accessibility_note": "Auf die Bühne führt nur eine Treppe mit fünf Stufen.",
        "house_rules": _RULES,
        "grid_minutes": 60,
        "position": 1,
    },
)
_ALL = DemoRoom(
    name="Alle Räume",
    kind="hall",
    codes=("all_rooms",),
    pictures=(Picture("village_hall", "Die weiße Gemeindehalle mit rotem Dach zwischen Weinbergen"),),
    parts_of=("Große Halle", "Sitzungsraum", "Küche und Theke", "Garderobe", "Thekenvorraum"),
    facts={
        "summary": "Das ganze Haus, zum Beispiel für Vereinsfeste und Märkte",
        "description": "Halle, Sitzungsraum, Küche und Theke, Garderobe und Thekenvorraum zusammen, zum Tagespreis.",
        "capacity": 260,
        "amenities": (
            "stage",
            "sound",
            "lighting",
            "kitchen",
            "bar",
            "tables_chairs",
            "cloakroom",
            "parking",
        ),
        "accessibility": _STEP_FREE,
        "house_rules": _RULES,
        "grid_minutes": 60,
        "position": 9,
    },
)

NUSSBAUM = DemoTown(
    plan=plan_for(
        "nussbaum",
        official_name="Ortsgemeinde Nußbaum",
        short_name="Nußbaum",
        federal_state="RP",
        street="Hauptstraße 1",
        postal_code="55569",
        city="Nußbaum",
        contact_phone="06751 000000",
        brand_colour="#7a2e3a",
        tagline="Unsere Gemeindehalle: feiern, tagen, Theater spielen",
    ),
    ordinance="nussbaum-halle",
    in_force=date(2020, 1, 1),
    places=(
        DemoPlace(
            data=LocationData(
                name="Gemeindehalle Nußbaum",
                slug="gemeindehalle",
                description="Die Halle zwischen den Weinbergen, mit Bühne, Küche und Theke.",
                street="Hauptstraße 12",
                postal_code="55569",
                city="Nußbaum",
                latitude=49.8233,
                longitude=7.6597,
                directions="Von der Hauptstraße am Brunnen rechts. 40 Parkplätze vor der Halle.",
                step_free_directions="Der Haupteingang ist ebenerdig; der Taster für die Tür ist links.",
            ),
            hours=ALL_WEEK,
            pictures=(Picture("village_hall", "Weiße Gemeindehalle mit rotem Dach, dahinter Weinberge"),),
            rooms=(
                _HALL,
                _room("Sitzungsraum", "meeting_room", Picture("meeting_room", "Großer Tisch mit Bildschirm"), 2,
                      capacity=30, area_m2=45, amenities=("tables_chairs", "screen", "wifi", "heating"),
                      summary="Für Sitzungen, Trauercafés und kleine Feiern bis 30 Personen",
                      description="Ein heller Raum mit Bildschirm und eigener Tür zum Hof."),
                _room("Küche und Theke", "kitchen_bar", Picture("kitchen", "Küche mit Herd, Spüle und Geschirr"), 3,
                      amenities=("kitchen", "dishes", "bar"),
                      summary="Küche mit Ausschank, zu Halle oder Sitzungsraum dazu",
                      description="Großer Herd, Kühlzelle, Zapfanlage und Geschirr für 200 Gäste."),
                _room("Garderobe", "cloakroom", Picture("small_hall", "Heller Vorraum mit Stühlen"), 4,
                      amenities=("cloakroom",), audience="staff",
                      summary="Wird mit der Halle zusammen vergeben",
                      description="Die Garderobe gehört zur ganzen Halle; einzeln vergibt sie nur die Verwaltung."),
                _room("Thekenvorraum", "bar_foyer", Picture("club_room", "Vorraum mit Holz und Wimpeln"), 5,
                      amenities=("bar",), audience="staff",
                      summary="Wird mit der Halle zusammen vergeben",
                      description="Der Vorraum der Theke gehört zur ganzen Halle; einzeln vergibt ihn die Verwaltung."),
                _ALL,
            ),
            closed=((date(2026, 12, 24), date(2027, 1, 1), "Weihnachten und Neujahr"),),
        ),
    ),
    people=(
        *people_of("nussbaum", "Gemeindehalle Nußbaum"),
        DemoPerson("Frieda Familie", "frieda@familie.example"),
        DemoPerson(
            "Vera Verein", "vorstand@beispielverein.example", organisation="Beispielverein Nußbaum", group="local_club"
        ),
    ),
    bookings=(
        DemoBooking("Goldene Hochzeit", ("Große Halle", "Küche und Theke"), 11, "10:00", "23:00", _FRIEDA, "local",
                    "family_party", 120, weekday=5, message="Gibt es Hussen für die Stühle?"),
        DemoBooking("Taufe", ("Sitzungsraum", "Küche und Theke"), 5, "11:00", "18:00", _OTTO, "outside",
                    "family_party", 28, weekday=6,
                    then=("ask:Für die Küche mit Auswärtigen brauchen wir einen Ansprechpartner vor Ort. Wer ist das?",
                          "answer:Meine Cousine Frieda Familie, sie wohnt in Nußbaum.")),
        DemoBooking("Trauercafé", ("Sitzungsraum",), 2, "13:00", "17:00", _FRIEDA, "local", "funeral", 25,
                    then=("confirm:Unser Beileid. Der Raum ist ab 12 Uhr offen.",)),
        DemoBooking("Turnen", ("Große Halle",), 1, "19:00", "21:00", _CLUB, "local_club", "club_practice", 20,
                    weekday=1, then=("confirm:",)),
        DemoBooking("Turnen", ("Große Halle",), 8, "19:00", "21:00", _CLUB, "local_club", "club_practice", 20,
                    weekday=1, then=("confirm:",)),
        DemoBooking("Mitgliederversammlung", ("Sitzungsraum",), 6, "19:00", "22:00", _CLUB, "local_club",
                    "club_meeting", 28, weekday=4),
        DemoBooking("Weinfest", ("Alle Räume",), 24, "10:00", "22:00", _CLUB, "local_club", "commercial", 250,
                    nights=2, weekday=4, message="Wir bräuchten die Halle schon am Vorabend zum Aufbau."),
        DemoBooking("Antikmarkt", ("Alle Räume",), 17, "08:00", "20:00", _OTTO, "outside", "commercial", 180,
                    weekday=6, then=("decline:Für einen Markt an diesem Sonntag fehlt die Genehmigung.",)),
        DemoBooking("Trauerfeier", ("Große Halle",), 3, "12:00", "18:00", _OTTO, "outside", "funeral", 80,
                    message="Wir kommen aus dem Nachbarort."),
        DemoBooking("Kindergeburtstag", ("Sitzungsraum",), 9, "14:00", "18:00", _FRIEDA, "local", "family_party", 15,
                    then=("confirm:", "cancel:Das Kind hat Windpocken.")),
        DemoBooking("Erntedank", ("Große Halle",), -30, "09:00", "22:00", _FRIEDA, "local", "family_party", 90,
                    weekday=6, then=("confirm:", "note:Zähler: 1.234 kWh vorher, 1.262 kWh nachher.")),
        DemoBooking("Gemeinderat", ("Sitzungsraum",), 0, "19:00", "21:00", _CLUB, "local_club", "club_meeting", 18,
                    then=("confirm:",)),
        *IN_NUSSBAUM,
    ),
)  # fmt: skip
