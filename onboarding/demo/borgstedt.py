"""Borgstedt: a village hall on the canal, from 11 to 11 or by the hour, local clubs free.

Prices are the real statute's (``ordinances/library/borgstedt-doerpshus.yaml``); people and dates are invented.
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
from onboarding.demo.past import IN_BORGSTEDT
from onboarding.demo.staff import people_of, plan_for

_RULES = (
    "Bitte verlassen Sie die Räume besenrein und nehmen Sie Ihren Müll mit.\n"
    "Ab 22 Uhr bleiben Fenster und Türen geschlossen.\n"
    "Rauchen ist nur draußen erlaubt. Konfetti und Nebelmaschinen sind nicht erlaubt.\n"
    "Der Schlüssel wird um 11 Uhr übergeben und um 11 Uhr zurückgegeben."
)
_ERIKA = ("Erika Mustermann", "erika@mustermann.example", "")
_MAX = ("Max Beispiel", "max@beispiel.example", "")
_YOGA = ("Yara Yoga", "kurse@yoga-am-kanal.example", "Yoga am Kanal (Vorführung)")
_CHOIR = ("Carla Chor", "vorstand@beispielchor.example", "Beispielchor Borgstedt")

_HALL = DemoRoom(
    name="Großer Saal",
    kind="hall",
    codes=("grosser_saal",),
    pictures=(
        Picture("festive_hall", "Heller Saal mit Holzboden, hohen Fenstern und langen gedeckten Tischen"),
        Picture("small_hall", "Kleinere Ecke des Saals mit rundem Tisch vor zwei Fenstern"),
    ),
    facts={
        "summary": "Der Festsaal des Dorfes: 63 m², Platz für 60 Gäste an Tischen",
        "description": (
            "Hier wird in Borgstedt gefeiert: Geburtstage, Hochzeiten, Jubiläen. Der Saal hat Holzboden, Tische und"
            " Stühle für 60 Gäste und eine Tür zur Wiese am Kanal. Die Teeküche liegt gleich nebenan und kann dazu"
            " gebucht werden."
        ),
        "capacity": 60,
        "area_m2": 63,
        "amenities": ("tables_chairs", "sound", "heating", "wifi", "cloakroom", "parking"),
        "accessibility": ("step_free", "accessible_toilet", "wide_doors", "accessible_parking"),
        "accessibility_note": "Die Tür zur Wiese hat eine Rampe. Die Induktionsanlage wird 2027 eingebaut.",
        "house_rules": _RULES,
        "position": 1,
    },
)
_SMALL = DemoRoom(
    name="Kleiner Saal",
    kind="room",
    codes=("kleiner_saal",),
    pictures=(Picture("small_hall", "Kleiner heller Raum mit rundem Tisch, Stühlen und zwei Fenstern"),),
    facts={
        "summary": "31 m² für Kurse, Sitzungen und kleine Runden bis 25 Personen",
        "description": "Ein ruhiger Raum mit Blick auf den Kanal, beliebt für Yoga und Vorstandssitzungen.",
        "capacity": 25,
        "area_m2": 31,
        "amenities": ("tables_chairs", "screen", "whiteboard", "wifi", "heating", "parking"),
        "accessibility": ("step_free", "accessible_toilet", "wide_doors"),
        "house_rules": _RULES,
        "position": 2,
    },
)
_YOUTH = DemoRoom(
    name="Raum der Jugend",
    kind="room",
    codes=("raum_der_jugend",),
    pictures=(Picture("youth_room", "Dunkelblauer Raum mit Sofa, Tischkicker und Lichterkette"),),
    facts={
        "summary": "47 m² mit Sofas und Tischkicker, für Feiern und Gruppen bis 40 Personen",
        "description": "Der Raum der Jugend hat eine eigene Tür, Sofas, einen Tischkicker und eine kleine Musikanlage.",
        "capacity": 40,
        "area_m2": 47,
        "amenities": ("sound", "wifi", "heating", "outdoor_area"),
        "accessibility": ("wide_doors",),
        "accessibility_note": "Am Eingang sind zwei Stufen; eine mobile Rampe liegt bereit. Bitte vorher anrufen.",
        "house_rules": _RULES,
        "position": 3,
    },
)
_KITCHEN = DemoRoom(
    name="Teeküche",
    kind="room",
    codes=("teekueche",),
    pictures=(Picture("kitchen", "Küchenzeile mit Herd, Spüle, Fenster und einem Regal voller Tassen"),),
    facts={
        "summary": "Küche mit Geschirr für 60 Gäste, zu den Sälen dazu buchbar",
        "description": "Herd, Kühlschrank, Spülmaschine, Kaffeemaschine und Geschirr für 60 Gäste.",
        "amenities": ("tea_kitchen", "dishes"),
        "accessibility": ("step_free", "wide_doors"),
        "house_rules": _RULES,
        "position": 4,
    },
)
_SHOOTERS = DemoRoom(
    name="Schützenraum",
    kind="room",
    codes=("schuetzenraum",),
    pictures=(Picture("club_room", "Vereinsraum mit Holzvertäfelung, Wimpeln und einer langen Tafel"),),
    facts={
        "summary": "40 m² mit Holzvertäfelung, Vereinsraum für bis zu 30 Personen",
        "description": "Der gemütliche Raum im alten Schützenhaus, mit eigener Garderobe und kleinem Tresen.",
        "capacity": 30,
        "area_m2": 40,
        "amenities": ("tables_chairs", "bar", "heating", "cloakroom", "parking"),
        "accessibility": ("step_free",),
        "house_rules": _RULES,
        "position": 5,
    },
)

BORGSTEDT = DemoTown(
    plan=plan_for(
        "borgstedt",
        official_name="Gemeinde Borgstedt",
        short_name="Borgstedt",
        federal_state="SH",
        street="Beispielweg 1",
        postal_code="24794",
        city="Borgstedt",
        contact_phone="04331 000000",
        brand_colour="#1d5c4d",
        tagline="Uns Dörpshus: Räume zum Feiern, Üben und Zusammensitzen",
    ),
    ordinance="borgstedt-doerpshus",
    in_force=date(2016, 11, 2),
    places=(
        DemoPlace(
            data=LocationData(
                name="Uns Dörpshus",
                slug="doerpshus",
                description="Das Dorfgemeinschaftshaus am Kanal: vier Räume unter einem Reetdach.",
                street="Beispielweg 1",
                postal_code="24794",
                city="Borgstedt",
                latitude=54.3393,
                longitude=9.7128,
                directions="Mit dem Bus bis Borgstedt Dörpshus. Parkplätze liegen hinter dem Haus.",
                step_free_directions="Vom Behindertenparkplatz rechts am Haus führt ein ebener Weg zur Tür.",
                position=1,
            ),
            hours=ALL_WEEK,
            pictures=(Picture("house_by_the_water", "Backsteinhaus mit Reetdach, davor eine Wiese und der Kanal"),),
            rooms=(_HALL, _SMALL, _YOUTH, _KITCHEN),
        ),
        DemoPlace(
            data=LocationData(
                name="Altes Schützenhaus",
                slug="schuetzenhaus",
                description="Das kleine Vereinshaus am Ortsrand.",
                street="Beispielweg 9",
                postal_code="24794",
                city="Borgstedt",
                latitude=54.3371,
                longitude=9.7069,
                directions="Zehn Minuten zu Fuß vom Dörpshus. Parken am Sportplatz.",
                step_free_directions="Ebener Zugang über die Hofseite.",
                position=2,
            ),
            hours=ALL_WEEK,
            pictures=(Picture("club_room", "Blick in den vertäfelten Vereinsraum mit Wimpeln"),),
            rooms=(_SHOOTERS,),
        ),
    ),
    people=(
        *people_of("borgstedt", "Uns Dörpshus"),
        DemoPerson("Erika Mustermann", "erika@mustermann.example"),
        DemoPerson(
            "Carla Chor", "vorstand@beispielchor.example", organisation="Beispielchor Borgstedt", group="local_org"
        ),
    ),
    bookings=(
        DemoBooking("50. Geburtstag", ("Großer Saal", "Teeküche"), 12, "11:00", "11:00", _ERIKA, "private",
                    "private_event", 55, nights=1, weekday=5, message="Wir würden gern schon um 10 Uhr aufbauen."),
        DemoBooking("Silberhochzeit", ("Großer Saal",), 26, "11:00", "11:00", _MAX, "private", "private_event", 48,
                    nights=1, weekday=5, then=("ask:Brauchen Sie auch die Teeküche?",)),
        DemoBooking("Yogakurs", ("Kleiner Saal",), 1, "18:00", "19:30", _YOGA, "commercial", "commercial_event", 14,
                    weekday=1, then=("confirm:Der Schlüssel liegt im Kasten, den Code bekommen Sie am Morgen.",)),
        DemoBooking("Yogakurs", ("Kleiner Saal",), 8, "18:00", "19:30", _YOGA, "commercial", "commercial_event", 14,
                    weekday=1, then=("confirm:",)),
        DemoBooking("Chorprobe", ("Kleiner Saal",), 2, "19:30", "21:30", _CHOIR, "local_org", "club_event", 22,
                    weekday=3, then=("confirm:",)),
        DemoBooking("Chorprobe", ("Kleiner Saal",), 9, "19:30", "21:30", _CHOIR, "local_org", "club_event", 22,
                    weekday=3, then=("confirm:",)),
        DemoBooking("Adventskonzert", ("Großer Saal", "Kleiner Saal"), 18, "11:00", "11:00", _CHOIR, "local_org",
                    "club_event", 60, nights=1, weekday=6, message="Aufbau ab Mittag, Konzert um 17 Uhr."),
        DemoBooking("Konfirmandenfreizeit", ("Raum der Jugend",), 5, "11:00", "11:00", _MAX, "private",
                    "private_event", 30, nights=2, weekday=4,
                    then=("decline:An diesem Wochenende wird die Heizung erneuert. Eine Woche später ist frei.",)),
        DemoBooking("Doppelkopfabend", ("Schützenraum",), 4, "19:00", "23:00", _MAX, "private", "private_event", 16,
                    weekday=4, then=("confirm:", "cancel:Die Runde trifft sich lieber zu Hause.")),
        DemoBooking("Nachbarschaftskaffee", ("Kleiner Saal",), 0, "15:00", "18:00", _ERIKA, "private",
                    "private_event", 18, then=("confirm:",), extras=("kitchen_hourly",)),
        DemoBooking("Sommerfest-Nachfeier", ("Großer Saal",), -20, "11:00", "11:00", _ERIKA, "private",
                    "private_event", 40, nights=1, weekday=5, then=("confirm:", "note:Sauber übergeben.")),
        DemoBooking("Versammlung", ("Schützenraum",), -9, "18:00", "22:00", _MAX, "private", "private_event", 25,
                    then=("confirm:",)),
        *IN_BORGSTEDT,
    ),
)  # fmt: skip
