"""Settings for each place the project runs in. The environment is read only in ``environment``."""
