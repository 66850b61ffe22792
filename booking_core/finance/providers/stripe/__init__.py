"""The only code that speaks to Stripe: its client, Checkout, refunds, connected accounts, events.

Not here: when something is paid and what follows (``workflows.payments``). Requests are built from the parameter
classes of the ``stripe`` package, so that the type checker holds them to the interface's shape.
"""
