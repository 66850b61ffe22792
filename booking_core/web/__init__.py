"""Pages of a town's site."""
