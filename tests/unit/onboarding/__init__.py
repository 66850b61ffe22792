"""Tests of the wizard and the demo without a database."""
