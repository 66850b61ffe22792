"""Three unlike towns to look at: their facts, pictures, people and bookings. Everything here is invented."""
