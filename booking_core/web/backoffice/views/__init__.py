"""One module per page of the back office: parse, authorise, one call, present."""
