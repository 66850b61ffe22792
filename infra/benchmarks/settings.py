"""Settings of the measured application: those of the demo, with limits no benchmark runs into and a quiet log."""

import os

os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings.local import *  # noqa: F403 — the variable above must be set first
from config.settings.local import STORAGES

API_LIMITS_PER_MINUTE = dict.fromkeys(("stranger", "strangers-of-town", "key", "keys-of-town"), 10_000_000)
DEMO = False
# Pages are measured without their files, so nothing has to be collected first.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
