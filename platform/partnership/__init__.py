"""What towns give each other: the exchange of ordinances. Everything here lives in the public schema."""
