"""Template tag libraries: ``ui`` (components) and ``formats`` (money, dates).

Not here: what the tags do (``components``, ``formats``).
"""
