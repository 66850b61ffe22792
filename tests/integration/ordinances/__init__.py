"""Tests of this room against the real database."""
