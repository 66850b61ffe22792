"""The exchange of ordinances between towns."""
