"""PostgreSQL, the Redis protocol and a mail sink without an installation, for ``make demo`` and ``make test``.

Not here: production services (``infra/deploy``).
"""
