"""Use cases across rooms: place, decide, move and cancel a booking."""
