"""Database backend for django-tenants whose search path never holds ``public`` beside a tenant."""
