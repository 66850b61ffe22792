"""The document language as pydantic models: what a municipality may write, field by field, with its meaning.

Not here: what the words do to a booking (the modules beside this folder).
"""
