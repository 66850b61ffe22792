"""How money comes in: by card and debit (Stripe), by transfer, on site, or not at all.

Not here: what is owed (``services.ledger``), the use cases of paying (``workflows.payments``).
"""
