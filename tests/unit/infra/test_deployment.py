"""The deployment's example names only variables the application reads, and none it needs is missing.

Not here: whether the containers build; that needs an engine no test machine promises.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.urls import reverse
from ruamel.yaml import YAML

from config.settings.environment import Environment
from infra.embedded.postgres_binaries import EXTENSIONS

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "infra" / "deploy"
FOR_COMPOSE_ONLY = {"POSTGRES_PASSWORD", "BACKUP_KEEP_DAYS"}


def _variables() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), flags=re.MULTILINE))


def test_the_example_names_only_variables_we_read() -> None:
    known = {name.upper() for name in Environment.model_fields}
    assert _variables() - known == FOR_COMPOSE_ONLY


def test_the_example_names_what_production_asks_for() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SCHEME", "BASE_HOST", "SMTP_HOST"} <= _variables()


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (\S+)", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)
    assert users == ["biletado"]


def test_every_extension_of_the_embedded_server_is_in_the_deployed_one() -> None:
    created = re.findall(
        r"CREATE EXTENSION IF NOT EXISTS (\w+) SCHEMA extensions", (DEPLOY / "extensions.sql").read_text()
    )
    assert sorted(created) == sorted(EXTENSIONS)


def _services() -> dict[str, dict[str, Any]]:
    loaded = YAML(typ="safe", pure=True).load(DEPLOY / "compose.yaml")
    services: dict[str, dict[str, Any]] = loaded["services"]
    return services


def test_what_stays_up_comes_back_by_itself_and_tells_how_it_is() -> None:
    """Only the migration ends by itself; web brings its health check in the image."""
    lasting = {name: service for name, service in _services().items() if name != "migrate"}
    assert {name for name, service in lasting.items() if service.get("restart") != "unless-stopped"} == set()
    assert {name for name, service in lasting.items() if "test" not in service.get("healthcheck", {})} == {
        "web"
    }
    assert "HEALTHCHECK" in (DEPLOY / "Containerfile").read_text()
    assert {
        name for name, service in lasting.items() if "max-size" not in service["logging"]["options"]
    } == set()


def test_database_files_and_queue_outlive_their_containers() -> None:
    loaded = YAML(typ="safe", pure=True).load(DEPLOY / "compose.yaml")
    used = {
        volume.split(":")[0]
        for service in _services().values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert used == set(loaded["volumes"]) >= {"database", "queue", "media", "backups"}


def test_certificates_on_demand_are_asked_for_and_the_question_stays_inside() -> None:
    """Without the question anybody could make us request any number of certificates."""
    caddyfile = (DEPLOY / "Caddyfile").read_text()
    path = reverse("certificate_wanted", urlconf="config.urls_public")
    assert "on_demand_tls" in caddyfile
    assert re.search(rf"ask http://127\.0\.0\.1:\d+{path}\n", caddyfile)
    (internal,) = re.findall(r"@internal path (.+)", caddyfile)
    assert {"/livez", "/readyz", "/healthz", path} <= set(internal.split())


def test_what_containers_mount_from_the_repository_is_there_and_what_scripts_need_is_mounted() -> None:
    mounted = {
        volume.split(":")[0]
        for service in _services().values()
        for volume in service.get("volumes", [])
        if volume.startswith("./") and not volume.startswith("./certificates")
    }
    assert {path for path in mounted if not (DEPLOY / path).exists()} == set()
    backup = {volume.split(":")[1] for volume in _services()["backup"]["volumes"] if volume.startswith("./")}
    assert backup == {"/deploy/backup.sh", "/deploy/restore-town.sh", "/deploy/extensions.sql"}
    assert _services()["backup"]["command"][-1] in backup


def test_services_wait_for_services_that_are_there() -> None:
    services = _services()
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
    assert "migrate" in services["web"]["depends_on"]


def test_what_the_image_copies_is_in_the_repository() -> None:
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE
    )
    sources = [source for line in copied for source in line.split()]
    assert {"manage.py", "booking_core", "tenants", "platform"} <= set(sources)
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_values_for_building_are_enough_to_collect_static_files() -> None:
    """Seen red without BASE_HOST: production refuses to start with the demo's host, and the image did not build."""
    text = (DEPLOY / "Containerfile").read_text()
    (step,) = re.findall(r"&& (SECRET_KEY=.+?)python manage.py collectstatic", text, flags=re.DOTALL)
    values = dict(re.findall(r"([A-Z_]+)=(\S+)", step))
    lasting = {"PATH": os.environ["PATH"], "PYTHONPATH": "platform"}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT, env={**lasting, **values}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
