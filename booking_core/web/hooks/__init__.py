"""Where other programs report to us, on the main host: signed messages, no people, no sessions."""
