"""A stand-in for Stripe that speaks its HTTP interface, for the demo and the tests. Never compared with Stripe itself.

Written from Stripe's public documentation and the parameter classes of the pinned ``stripe`` package. It keeps
accounts apart (``Stripe-Account``), replays idempotent requests, refuses unknown parameters and wrong keys, shows pages
to click through, and sends signed webhooks – twice and in the wrong order where that is wanted.

Not here: anything Biletado runs on. The application knows only an address and a key.
"""
