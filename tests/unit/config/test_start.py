"""A wrong environment stops the start with a sentence; a right one passes Django's deployment checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings.environment import read_environment

ROOT = Path(__file__).resolve().parents[3]
RIGHT = {
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnop",
    "DATABASE_URL": "postgres://biletado:secret@127.0.0.1:1/biletado",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SCHEME": "https",
    "PORT": "443",
    "BASE_HOST": "biletado.example",
}


def _start(settings: str, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Start Django with exactly this environment; an empty change takes a variable away."""
    given = {name: value for name, value in {**RIGHT, **changes}.items() if value}
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *(words or ("-c", "import django; django.setup(); print('started')"))],
        cwd=ROOT, check=False, capture_output=True, text=True,
        env={**path, **given, "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}",
             "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"},
    )  # fmt: skip


WRONG = [
    ("DATABASE_URL", "mysql://host/name", "postgres://"),
    ("PORT", "viele", "integer"),
    ("PORT", "70000", "65535"),
    ("SCHEME", "ftp", "'http' or 'https'"),
    ("BASE_HOST", "https://biletado.example", "without scheme"),
    ("BASE_HOST", "localhost", "host name"),
    ("SMTP_PORT", "0", "greater than or equal to 1"),
    ("SMTP_TLS", "vielleicht", "boolean"),
    ("LOG_LEVEL", "LOUD", "'INFO'"),
    ("LOG_FORMAT", "xml", "'json' or 'console'"),
    ("TRUSTED_PROXIES", "-1", "greater than or equal to 0"),
    ("TRUSTED_PROXIES", "99", "less than or equal to 5"),
    ("CONNECTION_MAX_AGE_SECONDS", "-5", "greater than or equal to 0"),
    ("REDIS_URL", "localhost", "redis://"),
    ("SENTRY_DSN", "sentry", "https://"),
    ("MAIL_FROM", "nobody", "e-mail"),
    ("SECRET_KEY_FALLBACKS", "old", "JSON list"),
]


@pytest.mark.parametrize(("variable", "value", "words"), WRONG)
def test_a_wrong_value_stops_the_start_with_its_name_and_a_reason(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, right in {**RIGHT, variable: value}.items():
        monkeypatch.setenv(name, right)
    with pytest.raises(SystemExit) as stopped:
        read_environment()
    told = str(stopped.value)
    assert told.startswith("Biletado cannot start, the environment is wrong:")
    (line,) = [line for line in told.splitlines() if line.startswith("  ")]
    assert line.startswith(f"  {variable}: ")
    assert words in line
    assert value not in line or variable not in {"DATABASE_URL", "SENTRY_DSN"}


def test_a_process_with_a_wrong_value_ends_without_a_traceback() -> None:
    done = _start("production", PORT="viele")
    assert done.returncode == 1
    assert done.stderr.startswith("Biletado cannot start, the environment is wrong:\n  PORT: ")
    assert "Traceback" not in done.stderr


NEEDED = [("SECRET_KEY", ""), ("SECRET_KEY", "short"), ("DATABASE_URL", ""), ("REDIS_URL", ""), ("SCHEME", "http"),
          ("BASE_HOST", "")]  # fmt: skip


@pytest.mark.parametrize(("variable", "value"), NEEDED)
def test_production_needs_what_a_laptop_does_not(variable: str, value: str) -> None:
    refused = _start("production", **{variable: value})
    assert refused.returncode == 1
    assert f"  {variable}: " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_laptop_needs_none_of_it() -> None:
    assert _start("local", **dict(NEEDED)).stdout == "started\n"


def test_all_faults_are_told_at_once() -> None:
    done = _start("production", SECRET_KEY="", REDIS_URL="", SCHEME="http")
    assert [line.split(":")[0].strip() for line in done.stderr.splitlines()[1:]] == [
        "SECRET_KEY", "REDIS_URL", "SCHEME",
    ]  # fmt: skip


def test_the_deployment_checks_find_nothing() -> None:
    done = _start("production", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_cookies_belong_to_one_host_under_https() -> None:
    """``__Host-`` makes browsers refuse such a cookie from a sibling town."""
    asked = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)"
    )
    assert _start("production", "-c", asked).stdout.split() == [
        "__Host-biletado_session", "__Host-biletado_csrf", "True", "None", "None", "/",
    ]  # fmt: skip
    on_a_laptop = _start("local", "-c", asked, SCHEME="http").stdout.split()
    assert on_a_laptop[:3] == ["biletado_session", "biletado_csrf", "False"]
