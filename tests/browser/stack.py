"""The whole of Biletado for the browser tests: its own database, web, a real worker and scheduler, a mail sink.

Not here: what is tested. Everything runs as in ``make demo``, on free ports, and ends with the test session.
"""

import http.client
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from infra.demo_state import (
    BASE_HOST,
    ROOT,
    Addresses,
    process_environment,
    stripe_stand_in_command,
)
from infra.embedded.free_port import LOOPBACK, free_port
from infra.embedded.mail_store import MailStore, StoredMail
from infra.embedded.supervisor import Service, Supervisor
from tests.services import own_redis_number

READY_SECONDS = 60
MAIL_SECONDS = 30


@dataclass(slots=True)
class Stack:
    """A running Biletado; ``origin()`` are its addresses, ``mails`` what it sent."""

    state: Path
    addresses: Addresses
    environment: dict[str, str]
    supervisor: Supervisor
    mails: MailStore

    def origin(self, town: str = "") -> str:
        """The address of a town, or of the main host."""
        host = f"{town}.{BASE_HOST}" if town else BASE_HOST
        return f"http://{host}:{self.addresses.web_port}"

    def manage(self, *words: str) -> str:
        """Run a management command in the stack; its output. Raises RuntimeError with what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"manage.py {words} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def newest_mail(self) -> str:
        """The name of the newest mail at this moment; "" where there is none."""
        return next(iter(self.mails.names()), "")

    def wait_for_mail(self, recipient: str, words: str, *, after: str = "") -> StoredMail:
        """The newest mail to ``recipient`` with ``words`` in its subject, newer than the mail named ``after``.

        Raises AssertionError after a while.
        """
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            for name in self.mails.names():
                if name <= after:
                    break
                mail = self.mails.read(name)
                if recipient in mail.recipients and words in mail.subject:
                    return mail
            time.sleep(0.1)
        subjects = [self.mails.read(name).subject for name in self.mails.names()]
        raise AssertionError(f"no mail to {recipient} with {words!r}; sent were {subjects}")

    def stop(self) -> None:
        """End all processes and drop the database."""
        self.supervisor.stop_all()
        with psycopg.connect(os.environ["BILETADO_TEST_SERVER"], autocommit=True) as connection:
            name = self.addresses.database_url.rsplit("/", 1)[1]
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def start_stack(state: Path) -> Stack:
    """Start everything and wait until the web process is ready."""
    server, template = os.environ["BILETADO_TEST_SERVER"], os.environ["BILETADO_TEST_TEMPLATE"]
    name = f"browser_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    redis_url = os.environ["BILETADO_TEST_REDIS"].rsplit("/", 1)[0] + f"/{own_redis_number()}"
    database_url = server.rsplit("/", 1)[0] + f"/{name}"
    addresses = Addresses(free_port(), free_port(), free_port(), database_url, redis_url, free_port())
    # Like a fresh terminal: nothing of the test process's own settings may leak into the stack.
    for variable in ("SECRET_KEY", "SCHEME", "PORT", "LOG_LEVEL", "MEDIA_ROOT", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        os.environ.pop(variable, None)
    environment = process_environment(state, addresses)
    supervisor = Supervisor(state / "log", directory=ROOT)
    stack = Stack(state, addresses, environment, supervisor, MailStore(state / "mail"))
    stack.manage("collectstatic", "--noinput")
    _start_processes(stack)
    return stack


def _start_processes(stack: Stack) -> None:
    at = stack.addresses
    commands = {
        "mail": ["infra.embedded.mailsink", "--smtp-port", str(at.smtp_port), "--http-port", str(at.mail_port),
                 "--folder", str(stack.state / "mail")],
        "stripe": stripe_stand_in_command(stack.state, at),
        "web": ["gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{at.web_port}", "--workers", "2",
                "--worker-class", "gthread", "--threads", "4", "--pythonpath", "platform",
                "--config", "python:config.gunicorn"],
        "worker": ["celery", "--app", "config.celery_app", "worker", "--beat", "--concurrency", "2",
                   "--schedule", str(stack.state / "schedule")],
    }  # fmt: skip
    for name, words in commands.items():
        stack.supervisor.start(Service(name, [sys.executable, "-m", *words], stack.environment))
    deadline = time.monotonic() + READY_SECONDS
    while not _is_ready(at.web_port):
        if time.monotonic() > deadline or not stack.supervisor.is_running("web"):
            raise RuntimeError(f"the stack does not start:\n{stack.supervisor.last_lines('web')}")
        time.sleep(0.2)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": BASE_HOST})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
