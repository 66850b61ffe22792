"""Paying online, from the first click to the last cent back.

A row is committed before every call (``starting``, ``refunding``, ``deposits``); what came of it is fetched, never
believed from a message (``hearing``, ``looking``); what it means happens once, under the booking's lock (``outcomes``,
``returning``); what a crash left open is closed by ``reconciling``.

Not here: the rows (``finance.services.payments``), the calls (``finance.providers``).
"""
