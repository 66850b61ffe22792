"""Views of the citizens' pages, one module per page: parse, authorise, call, present."""
