"""People, organisations, customer groups, staff roles, API keys, and who may do what."""
