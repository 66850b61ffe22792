"""What citizens type: one module per page. Not here: what happens with it (``views``)."""
