"""Writes of the room. Locks in this order: a town's subscription, the invoice, the range of numbers."""
