"""What was booked in the past months, so that lists, figures and trial runs have something to work on. Invented.

Not here: what is booked around today (the towns' own modules).
"""

from onboarding.demo.contracts import DemoBooking, again

_DONE = ("confirm:",)
_YOGA = ("Yara Yoga", "kurse@yoga-am-kanal.example", "Yoga am Kanal (Vorführung)")
_CHOIR = ("Carla Chor", "vorstand@beispielchor.example", "Beispielchor Borgstedt")
_MAX = ("Max Beispiel", "max@beispiel.example", "")
_FRIEDA = ("Frieda Familie", "frieda@familie.example", "")
_OTTO = ("Otto Auswärts", "otto@auswaerts.example", "")
_CLUB = ("Vera Verein", "vorstand@beispielverein.example", "Beispielverein Nußbaum")
_HANDBALL = ("Hannes Handball", "training@beispiel-handball.example", "HSG Beispiel")
_GALA = ("Gina Gala", "gina@gala.example", "Beispielbühne Ailingen")
_BAND = ("Bela Band", "bela@band.example", "Musikverein Muster")

IN_BORGSTEDT = (
    *again(DemoBooking("Yogakurs Frühjahr", ("Kleiner Saal",), -24, "18:00", "19:30", _YOGA, "commercial",
                       "commercial_event", 14, weekday=1, then=_DONE), every_days=21, times=9),
    *again(DemoBooking("Chorprobe Sommer", ("Kleiner Saal",), -25, "19:30", "21:30", _CHOIR, "local_org",
                       "club_event", 22, weekday=3, then=_DONE), every_days=21, times=8),
    *again(DemoBooking("Geburtstagsfeier", ("Großer Saal", "Teeküche"), -40, "11:00", "11:00", _MAX, "private",
                       "private_event", 45, nights=1, weekday=5, then=_DONE), every_days=35, times=6),
    *again(DemoBooking("Betriebsfest", ("Großer Saal",), -62, "11:00", "11:00", _YOGA, "commercial",
                       "commercial_event", 55, nights=1, weekday=3, then=_DONE), every_days=84, times=3),
    *again(DemoBooking("Kartenspiel", ("Schützenraum",), -33, "18:00", "21:30", _MAX, "private", "private_event", 12,
                       weekday=4, then=_DONE), every_days=56, times=4),
)  # fmt: skip
IN_NUSSBAUM = (
    *again(DemoBooking("Familienfest", ("Große Halle", "Küche und Theke"), -38, "10:00", "23:00", _FRIEDA, "local",
                       "family_party", 90, weekday=5, then=_DONE), every_days=35, times=6),
    *again(DemoBooking("Hochzeit", ("Große Halle",), -52, "10:00", "23:00", _OTTO, "outside", "family_party", 110,
                       weekday=6, then=_DONE), every_days=70, times=3),
    *again(DemoBooking("Turnen im Jahreslauf", ("Große Halle",), -26, "19:00", "21:00", _CLUB, "local_club",
                       "club_practice", 20, weekday=1, then=_DONE), every_days=28, times=7),
    *again(DemoBooking("Dorffest", ("Alle Räume",), -75, "10:00", "22:00", _CLUB, "local_club", "commercial", 220,
                       weekday=4, then=_DONE), every_days=98, times=2),
    *again(DemoBooking("Trauerkaffee", ("Sitzungsraum",), -44, "13:00", "17:00", _FRIEDA, "local", "funeral", 24,
                       weekday=2, then=_DONE), every_days=63, times=3),
)  # fmt: skip
IN_FRIEDRICHSHAFEN = (
    *again(DemoBooking("Handballtraining im Jahreslauf", ("Zwei Drittel (1 und 2)",), -27, "18:00", "20:00",
                       _HANDBALL, "anyone", "unseated", 28, weekday=1), every_days=21, times=8),
    *again(DemoBooking("Theaterabend", ("Ganze Halle",), -48, "15:00", "23:00", _GALA, "anyone", "seated", 380,
                       weekday=5, extras=("stage", "pa", "seating_by_city")), every_days=77, times=3),
    *again(DemoBooking("Registerprobe", ("Musikübungsraum",), -30, "19:00", "22:00", _BAND, "anyone", "seated", 30,
                       weekday=3), every_days=35, times=6),
    *again(DemoBooking("Jugendturnier", ("Ganze Halle",), -68, "08:00", "18:00", _HANDBALL, "anyone", "unseated", 300,
                       weekday=6), every_days=91, times=2),
)  # fmt: skip
