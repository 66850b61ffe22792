"""The machinery that starts and checks Biletado.

Not here: the application (the other folders of ``tests``).
"""
