"""From values of the rooms to values the components print."""
