"""Files for the treasury: what a town chose (``settings``), CSV by its profile, DATEV postings.

Not here: which entries are in a file (``queries.handover``), who took it when (``services.handover``).
"""
