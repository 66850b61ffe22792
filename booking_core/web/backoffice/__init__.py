"""Pages for clerks, caretakers and treasurers."""
