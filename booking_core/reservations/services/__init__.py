"""Writes of reservations, by verb: occupy, hold, book, decide, move, close.

Not here: use cases over several rooms, mail, audit of decisions (``workflows``).
"""
