"""A town's own domains: which names are possible, how a town proves one, when it loses it again.

Not here: the proxy's question (``tenants.views``), pages and audit (``booking_core``).
"""
