"""Settings of the REST interface.

Not here: its routes and views (``booking_core.api``).
"""

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "booking_core.api.documentation.ProblemSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["booking_core.api.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["booking_core.api.permissions.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["booking_core.api.throttles.CallerAndTown"],
    "DEFAULT_RENDERER_CLASSES": ["booking_core.api.renderers.QuickJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["booking_core.api.parsers.BoundedJSONParser"],
    "EXCEPTION_HANDLER": "booking_core.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # ?format= would be one more way to ask for the only format there is
}
API_LIMITS_PER_MINUTE = {"stranger": 60, "strangers-of-town": 600, "key": 120, "keys-of-town": 600}
SPECTACULAR_SETTINGS = {
    "TITLE": "Biletado",
    "VERSION": "1.0.0",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
