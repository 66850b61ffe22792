"""Bank statements: reading files (``camt``, ``csv_file``) and finding the invoice a payment is for (``matching``).

Pure: bytes and values in, values out. Storing is ``services.statements``.
"""
