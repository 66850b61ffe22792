"""Pages of the exchange: for everyone on the main host, for staff in a town's back office."""
