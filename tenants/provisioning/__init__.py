"""How a town is born: from a template schema, step by step, safe to retry."""
