"""Bring a fresh machine to the point where Biletado runs; the standard library only.

Not here: starting anything (``infra.demo``).
"""
