"""What gunicorn does beyond its command line, as a file of its settings (``--config python:config.gunicorn``).

Not here: address, workers and threads, which the command line of each place names. Reference: gunicorn's settings page,
sections ``preload_app`` and ``when_ready``.
"""

import gc

from django.conf import settings
from django.urls import get_resolver

control_socket_disable = True  # nobody asks it, and two servers of one user would share its file
preload_app = True  # read once, before the workers part: they share what the parent has read


def when_ready(_server: object) -> None:
    """Read the routes with their views and the collection of ordinances before the first worker starts.

    About two seconds each, once instead of for the first visitor of each worker. What is shared then, the collector
    leaves alone.
    """
    from partnership.catalogue import read_collection  # noqa: PLC0415 — Django is set up after this module is read

    for urlconf in (settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF):
        get_resolver(urlconf)._populate()
    read_collection()
    gc.freeze()
