"""Everything that starts, checks, measures and deploys Biletado.

Not here: anything the running application imports.
"""
