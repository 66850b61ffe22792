"""The operators' pages about fees: overview, plans, terms, runs, one town."""
