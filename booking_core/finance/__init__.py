"""Money of one town: how it wants to be paid, invoices, what is owed, paid, kept and given back.

Not here: what something costs (``engines.ordinance``), when an invoice is written (``workflows.billing``).
"""
