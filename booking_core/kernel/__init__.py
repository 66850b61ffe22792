"""Pure values every room shares: money, spans of time, identifiers, errors. No framework, no clock."""
