"""What gunicorn does beyond its command line, as a file of its settings (``--config python:config.gunicorn``).

Not here: address, workers and threads, which the command line of each place names. Reference: gunicorn's settings page,
sections ``preload_app`` and ``when_ready``.
"""

import gc

preload_app = True  # read once, before the workers part: they share what the parent has read


def when_ready(_server: object) -> None:
    """Read the collection of ordinances before the first worker starts, and keep the collector off what is shared.

    Two seconds of reading once, instead of for the first visitor of each worker.
    """
    from partnership.catalogue import read_collection  # noqa: PLC0415 — Django is set up after this module is read

    read_collection()
    gc.freeze()
