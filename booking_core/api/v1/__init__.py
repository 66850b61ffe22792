"""Version 1 of the interface: additive changes only."""
