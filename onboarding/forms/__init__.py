"""The questions of the wizard, one form per page. Not here: their order (``onboarding.path``)."""
