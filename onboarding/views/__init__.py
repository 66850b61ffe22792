"""Pages of the main host and the first page in a new town. Not here: rules (``services``, ``path``, ``forms``)."""
