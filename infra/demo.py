"""``make demo``: start every part of Biletado on this machine, say where it is, stop it all on Ctrl-C.

Not here: installing (``infra.setup``) and what the towns contain (``manage.py demo_towns``). Safe to kill: the next
start cleans up. A second start keeps the data and skips every step whose input did not change.
"""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from infra.demo_state import (
    BASE_HOST,
    ROOT,
    Addresses,
    left_over_processes,
    process_environment,
    state_directory,
    stripe_stand_in_command,
    wanted_port,
)
from infra.embedded.free_port import LOOPBACK, free_port, is_free
from infra.embedded.postgres import EmbeddedPostgres, prepare_database
from infra.embedded.processes import die_with_parent, end_processes
from infra.embedded.redis import EmbeddedRedis
from infra.embedded.run_lock import AlreadyRunningError, RunLock
from infra.embedded.supervisor import Service, Supervisor
from infra.preparation import Preparation, PreparationError, run_once
from infra.progress import Progress
from infra.stamps import digest

READY_SECONDS = 90
STOP_SECONDS = 30
MAIL_PORT = 8025
STRIPE_PORT = 8026
SOURCES = ("booking_core", "config", "onboarding", "platform", "tenants")
DEMO_TOWNS = ("borgstedt", "nussbaum", "friedrichshafen")


class DemoError(Exception):
    """The demo cannot start; the text says why and what helps."""


class Demo:
    """One run of the demo: its services in the order in which they start."""

    def __init__(self, state: Path, port: int) -> None:
        self.state = state
        self.progress = Progress(13)
        self.supervisor = Supervisor(state / "log", directory=ROOT, say=lambda text: print(text, flush=True))
        self.lock = RunLock(state / "demo.lock")
        self.port = port
        self._stops: list[Callable[[], None]] = []
        self._environment: dict[str, str] = {}
        self._mail_port = 0
        self._stripe_port = 0

    def run(self) -> None:
        """Start everything, print the addresses, wait for Ctrl-C. Raises DemoError."""
        self._claim()
        try:
            database_url, redis_url = self._start_postgres(), self._start_redis()
            self._mail_port = free_port(preferred=MAIL_PORT)
            self._stripe_port = free_port(preferred=STRIPE_PORT)
            addresses = Addresses(
                self.port, free_port(), self._mail_port, database_url, redis_url, self._stripe_port
            )
            self._environment = process_environment(self.state, addresses)
            self._start_mail_sink(addresses)
            self._start_stripe(addresses)
            towns = self._prepare()
            self._start_application()
            self._print_welcome(towns)
            self.supervisor.run_until_stopped()
        finally:
            self._stop()

    def _claim(self) -> None:
        note = f"Prozess {os.getpid()}, http://{BASE_HOST}:{self.port}/"
        try:
            self.lock.take(note, patience_seconds=STOP_SECONDS)
        except AlreadyRunningError as error:
            raise DemoError(f"Die Vorführung läuft schon ({error.note}). Dort beendet Strg-C sie.") from error
        end_processes(lambda: left_over_processes(self.state))
        if not is_free(self.port):
            self.lock.release()
            raise DemoError(
                f"Auf Port {self.port} läuft schon ein anderes Programm. Wählen Sie einen anderen:"
                f" make demo PORT={free_port(preferred=self.port + 1)}"
            )

    def _start_postgres(self) -> str:
        if given := os.environ.get("DATABASE_URL"):
            with self.progress.step("PostgreSQL aus DATABASE_URL vorbereiten"):
                prepare_database(given)
            return given
        with self.progress.step("PostgreSQL starten"):
            server = EmbeddedPostgres(self.state / "postgres", durable=True, dies_with_parent=True)
            self._stops.append(server.stop)
            server.start()
            server.ensure_database("biletado")
        return server.url("biletado")

    def _start_redis(self) -> str:
        if given := os.environ.get("REDIS_URL"):
            self.progress.skip("Redis aus REDIS_URL")
            return given
        with self.progress.step("Redis starten"):
            server = EmbeddedRedis(self.state / "redis", durable=True, dies_with_parent=True)
            self._stops.append(server.stop)
            server.start()
        return server.url

    def _start_mail_sink(self, addresses: Addresses) -> None:
        with self.progress.step("Postfach starten"):
            self._supervise(
                "postfach", "infra.embedded.mailsink", "--smtp-port", str(addresses.smtp_port),
                "--http-port", str(addresses.mail_port), "--folder", str(self.state / "mail"),
            )  # fmt: skip
            self._wait_for("postfach", addresses.mail_port, "/", "localhost")

    def _start_stripe(self, addresses: Addresses) -> None:
        with self.progress.step("Zahlungsdienst starten"):
            self._supervise("stripe", *stripe_stand_in_command(self.state, addresses))
            self._wait_for("stripe", addresses.stripe_port, "/", "localhost")

    def _prepare(self) -> str:
        """Bring database, files and towns up to date; return what to say about the towns."""
        database = self._environment["DATABASE_URL"]
        migrations = sorted(path for name in SOURCES for path in (ROOT / name).rglob("migrations"))
        tables = digest([*migrations, ROOT / "requirements.txt"], database)
        static = sorted(path for name in SOURCES for path in (ROOT / name).rglob("static") if path.is_dir())
        towns = digest([ROOT / name for name in SOURCES], database, str(self.port))
        described = self.state / "towns.txt"
        commands = [
            Preparation("Datenbank einrichten", tables, ("migrate_schemas", "--shared", "--noinput")),
            Preparation("Vorlage für Kommunen einrichten", tables, ("prepare_template",)),
            Preparation(
                "Kommunen auf den neuen Stand bringen", tables, ("migrate_schemas", "--tenant", "--noinput")
            ),
            Preparation(
                "Dateien der Oberfläche sammeln",
                digest([*static, ROOT / "requirements.txt"]),
                ("collectstatic", "--noinput", "--clear"),
            ),
            Preparation("Drei Kommunen anlegen", towns, ("demo_towns",)),
            Preparation("Satzungen teilen", towns, ("share_ordinances", *DEMO_TOWNS)),
            Preparation("Beiträge einrichten", towns, ("demo_fees",)),
            Preparation("Kommunen beschreiben", towns, ("demo_towns", "--show"), described),
        ]
        run_once(commands, state=self.state, environment=self._environment, progress=self.progress)
        return described.read_text("utf-8")

    def _start_application(self) -> None:
        with self.progress.step("Webserver starten"):
            self._supervise(
                "web", "gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{self.port}", "--workers", "2",
                "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "5", "--pythonpath", "platform",
                "--config", "python:config.gunicorn",
            )  # fmt: skip
            self._wait_for("web", self.port, "/readyz", BASE_HOST)
        # They are not waited for: until they are up, mails and new towns wait in the queue.
        celery = ("celery", "--app", "config.celery_app")
        self._supervise("worker", *celery, "worker", "--concurrency", "2", "--loglevel", "INFO")
        self._supervise(
            "beat", *celery, "beat", "--schedule", str(self.state / "schedule"), "--pidfile", "", "--loglevel", "INFO",
            stop_seconds=3,  # it holds nothing but its schedule
        )  # fmt: skip

    def _supervise(self, name: str, module: str, *words: str, stop_seconds: float = 10.0) -> None:
        command = [sys.executable, "-m", module, *words]
        self.supervisor.start(Service(name, command, self._environment, stop_seconds))

    def _wait_for(self, name: str, port: int, path: str, host: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            if _answers(port, path, host):
                return
            if not self.supervisor.is_running(name) or time.monotonic() > deadline:
                raise DemoError(f"{name} startet nicht:\n{self.supervisor.last_lines(name)}")
            time.sleep(0.1)

    def _print_welcome(self, towns: str) -> None:
        print(
            f"\nBiletado läuft:\n\n"
            f"  Startseite   http://{BASE_HOST}:{self.port}/\n"
            f"  Postfach     http://localhost:{self._mail_port}/   (alle verschickten Mails)\n"
            f"  Zahlungen    http://localhost:{self._stripe_port}/   (nachgebildetes Stripe, kein echtes Geld)\n\n"
            f"{towns.rstrip()}\n\n"
            f"Protokolle liegen in {self.state / 'log'}.\n"
            "Strg-C beendet alles; die Daten bleiben. `make demo-reset` beginnt von vorn.",
            flush=True,
        )

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        print("\nAlles wird beendet …", flush=True)
        self.lock.say_that_it_ends()
        self.supervisor.stop_all()
        for stop in reversed(self._stops):
            stop()
        self.lock.release()
        print("Beendet. Die Daten sind gespeichert.", flush=True)


def _answers(port: int, path: str, host: str) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the demo; return the exit status."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    if "MAKELEVEL" in os.environ:
        die_with_parent()  # when make itself is killed, nobody could stop us with Ctrl-C any more
    try:
        Demo(state_directory(), wanted_port()).run()
    except KeyboardInterrupt:
        return 130
    except (DemoError, PreparationError, ValueError, RuntimeError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
