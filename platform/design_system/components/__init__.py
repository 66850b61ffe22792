"""The tags behind ``{% load ui %}``, one module per kind of component.

Not here: markup (``templates/design_system/components``), values (``contracts``).
"""
