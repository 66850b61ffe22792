"""The one look of every page: base templates, components, colours, formats.

Not here: pages, rules, queries.
"""
