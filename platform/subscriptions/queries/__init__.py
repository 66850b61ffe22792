"""Reads of the room. The registry and this room live in the public schema; every function stands there by itself."""
