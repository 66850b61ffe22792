"""From contracts to values ready to print. Not here: reading anything (the rooms), markup (templates)."""
