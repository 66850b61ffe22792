"""Bookings, holds and occupancy: the only room that writes what is taken."""
