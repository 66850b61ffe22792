"""Everything that lives inside one tenant's schema; each folder is one room."""
