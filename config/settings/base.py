"""Settings every place shares. Values from outside come through ``environment`` only."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config.settings.api import *  # noqa: F403 — settings of the REST interface
from config.settings.environment import ENV, ROOT
from config.settings.logs import logging_config
from config.settings.payments import *  # noqa: F403 — settings of payments by card and debit

BASE_DIR: Path = ROOT
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
DEBUG = False

# --- Where we are reached -------------------------------------------------------------------------
BASE_HOST = ENV.base_host
_default_port = {"http": 80, "https": 443}[ENV.scheme]
PUBLIC_PORT_SUFFIX = "" if ENV.port == _default_port else f":{ENV.port}"
PUBLIC_SCHEME = ENV.scheme
ALLOWED_HOSTS = ["*"]  # unknown hosts are answered 404 by the tenant middleware, which knows the domains
ROOT_URLCONF = "config.urls_tenant"
PUBLIC_SCHEMA_URLCONF = "config.urls_public"
WSGI_APPLICATION = "config.wsgi.application"
USE_X_FORWARDED_HOST = False
TRUSTED_PROXIES = ENV.trusted_proxies
DNS_RESOLVERS = ENV.dns_resolvers

# --- Apps: which tables live where ----------------------------------------------------------------
# ``contenttypes`` and ``auth`` exist in public only; the user model exists in both (DESIGN §6, law 1).
_LIBRARIES = [
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "django_structlog",
    "csp",
]
_BOTH = [
    "django.contrib.sessions",
    "booking_core.identity",
    "booking_core.messaging",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
SHARED_APPS = [
    "booking_core.web",  # no models; first, so that its templates stand before django-allauth's
    "design_system",
    "django_tenants",
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    *_LIBRARIES,
    *_BOTH,
    "partnership",
    "subscriptions",
    "onboarding",
    "operator_console",
]
TENANT_APPS = [
    *_BOTH,
    "booking_core.catalog",
    "booking_core.ordinances",
    "booking_core.reservations",
    "booking_core.finance",
    "booking_core.workflows",
    "booking_core.web",
    "booking_core.api",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
PG_EXTRA_SEARCH_PATHS = ["extensions"]
SKIP_PG_EXTRA_VALIDATION = True  # it would open a connection at every start; our names cannot clash
TENANT_LIMIT_SET_CALLS = (
    True  # one SET search_path per change of town; only while isolation test (iii) is as it is
)
AUTH_USER_MODEL = "identity.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

MIDDLEWARE = [
    "config.middleware.probes.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.problems.ProblemMiddleware",
    "tenants.middleware.TenantMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.activity.ActivityMiddleware",
    "config.middleware.errors.NulByteMiddleware",
    "config.middleware.access.AccessMiddleware",
    "config.middleware.read_only.ReadOnlyMiddleware",
    "config.middleware.errors.DomainErrorMiddleware",
    "config.middleware.provider_forms.ProviderFormsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "config.page_context.site",
            ],
        },
    }
]
FORM_RENDERER = "design_system.renderers.FormRenderer"

# --- Data -----------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **dj_database_url.parse(ENV.database_url or "postgres://localhost/biletado"),
        "ENGINE": "tenants.postgresql_backend",
        "CONN_MAX_AGE": ENV.connection_max_age_seconds,
        "CONN_HEALTH_CHECKS": True,
    }
}
PG_DUMP = ENV.pg_dump
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
REDIS_URL = ENV.redis_url
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": ENV.redis_url or "redis://127.0.0.1:6379/0",
        "KEY_FUNCTION": "tenants.cache_keys.make_key",
        "REVERSE_KEY_FUNCTION": "tenants.cache_keys.reverse_key",
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }
}
DJANGO_REDIS_IGNORE_EXCEPTIONS = True  # without Redis, bookings go on
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
STORAGES = {
    "default": {"BACKEND": "tenants.storage.TenantFileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENV.media_root
MEDIA_URL = "/medien/"
STATIC_ROOT = ENV.static_root
STATIC_URL = "/static/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_COOKIE_NAME = "biletado_language"

# --- Sign-in --------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["booking_core.identity.accounts.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "booking_core.messaging.account_adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "booking_core.messaging.account_adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

# --- Cookies and headers (law 4) ------------------------------------------------------------------
_SECURE = ENV.scheme == "https"
_PREFIX = "__Host-" if _SECURE else ""
SESSION_COOKIE_NAME = f"{_PREFIX}biletado_session"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_DOMAIN = None
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_NAME = f"{_PREFIX}biletado_csrf"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_DOMAIN = None
CSRF_TRUSTED_ORIGINS: list[str] = []
LANGUAGE_COOKIE_SECURE = _SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Mail -----------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = ENV.smtp_host
EMAIL_PORT = ENV.smtp_port
EMAIL_HOST_USER = ENV.smtp_user
EMAIL_HOST_PASSWORD = ENV.smtp_password
EMAIL_USE_TLS = ENV.smtp_tls
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from

# --- Background work ------------------------------------------------------------------------------
CELERY_BROKER_URL = ENV.redis_url or "redis://127.0.0.1:6379/0"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "celery:",
    "visibility_timeout": 3600,
    "socket_connect_timeout": 2,
    "max_retries": 1,
}
MAIL_BELL_SECONDS = 0.1  # what is queued within this time wakes a worker once; 0: at once, in the request
CELERY_TASK_PUBLISH_RETRY = False  # the outbox is swept; a lost nudge costs seconds, not mail

# --- Watching -------------------------------------------------------------------------------------
SENTRY_DSN = ENV.sentry_dsn
SENTRY_ENVIRONMENT = ENV.sentry_environment
RELEASE = ENV.release
LOGGING = logging_config(level=ENV.log_level, renderer=ENV.log_format)
DJANGO_STRUCTLOG_CELERY_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = ENV.trusted_proxies > 0
DJANGO_STRUCTLOG_TRUST_UPSTREAM_CORRELATION_ID = False
SILENCED_SYSTEM_CHECKS: list[str] = []
