"""Middleware that needs to see every room: probes, doors, domain errors."""
