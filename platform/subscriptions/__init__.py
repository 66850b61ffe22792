"""A town's fee to the partnership: plans, trial, orders, invoices, reminders, and what follows when nobody pays."""
