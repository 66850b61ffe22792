"""The ground the benchmarks stand on: one town with many resources and a year of bookings, kept between runs.

Not here: what is in it (``fill``), what is measured on it (``contest``).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.demo_process import ROOT, VAR
from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.redis import EmbeddedRedis
from infra.stamps import digest, is_current, write

BASE_HOST = "biletado.localhost"
_SOURCES = ("booking_core", "tenants", "onboarding", "platform")


@dataclass(frozen=True, slots=True)
class Size:
    """How much stands on the ground. ``per_day``: bookings of each resource and day."""

    name: str
    resources: int
    days: int
    locations: int
    per_day: int = 6


FULL = Size("full", resources=1_000, days=365, locations=20)
SMALL = Size("small", resources=100, days=4, locations=2)


@dataclass(frozen=True, slots=True)
class Room:
    """One resource on the ground, as each of the measured systems calls it."""

    id: int
    uuid: str
    unit: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the measuring side must know of the town."""

    schema: str
    host: str
    key: str
    first_day: str
    days: int
    bookings: int
    last_booking: int
    party: str
    amenities: tuple[str, ...]
    rooms: tuple[Room, ...]

    @classmethod
    def read(cls, text: str) -> "Facts":
        """Rebuild the facts from what ``fill`` prints."""
        data = json.loads(text)
        rooms = tuple(Room(**room) for room in data.pop("rooms"))
        return cls(**{**data, "amenities": tuple(data["amenities"]), "rooms": rooms})

    def write(self) -> str:
        """What ``read`` reads."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Ground:
    """Database and cache, and the environment of every process that works on them."""

    state: Path
    database_url: str
    redis_url: str
    binaries: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process of ours on this ground."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "infra.benchmarks.settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "BASE_HOST": BASE_HOST,
            "SCHEME": "http",
            "PORT": "8000",
            "SECRET_KEY": "only-for-measuring-" + "0" * 40,
            "MEDIA_ROOT": str(self.state / "media"),
            "STATIC_ROOT": str(self.state / "static"),
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
            "PATH": os.pathsep.join([str(self.binaries), os.environ.get("PATH", "")]),
        }

    def run(self, module: str, *words: str, given: str = "") -> str:
        """Run a module of ours as a program on the ground, with ``given`` as its input; what it prints.

        Raises RuntimeError with its errors.
        """
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True, input=given,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def filled(self, size: Size) -> Facts:
        """Make town and bookings unless they are there; what is known of them."""
        words = (size.resources, size.days, size.locations, size.per_day)
        return Facts.read(self.run("infra.benchmarks.fill", "town", *map(str, words)))


@contextmanager
def own_ground(name: str) -> Iterator[Ground]:
    """Start PostgreSQL (fsync on) and Redis below ``var/bench/NAME``, migrated; stop them afterwards."""
    state = VAR / "bench" / name
    state.mkdir(parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(state / "postgres", durable=True, dies_with_parent=True)
    redis = EmbeddedRedis(state / "redis", dies_with_parent=True)
    try:
        postgres.start()
        redis.start()
        postgres.ensure_database("biletado")
        ready = Ground(state, postgres.url("biletado"), redis.url, postgres.binaries)
        migrate(ready)
        yield ready
    finally:
        redis.stop()
        postgres.stop()


def migrate(ready: Ground) -> None:
    """Bring the database to the newest migration, unless it is there."""
    migrations = sorted(path for name in _SOURCES for path in (ROOT / name).rglob("migrations"))
    stamp, inputs = ready.state / "migrated", digest(migrations)
    if not is_current(stamp, inputs):
        print("  migrating …", flush=True)
        ready.run("infra.benchmarks.fill", "migrate")
        write(stamp, inputs)
