"""Locations, resources, units and parts, opening hours and closures."""
