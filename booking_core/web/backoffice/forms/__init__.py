"""What clerks type: one module per page, nothing but reading and checking input."""
