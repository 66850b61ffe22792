"""Pure rules over values: ordinances, availability, recurrence. No framework, no clock, no database."""
