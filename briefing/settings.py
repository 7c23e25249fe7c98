"""Settings, from the environment; each default is safe for a first run at home."""

import gc
import secrets
from pathlib import Path

from briefing import databases, environment, sqlite, watching

# What starting makes stays: to look it through for garbage takes a tenth of the start.
gc.set_threshold(50_000)
sqlite.use_bundled()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.Environment()

DEBUG = env.flag("DEBUG", False)
# Without a key of its own each start makes one: sessions then end with the process.
SECRET_KEY = env.text("SECRET_KEY", "") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [
    environment.origin("CSRF_TRUSTED_ORIGINS", one)
    for one in env.words("CSRF_TRUSTED_ORIGINS", [])
]

# Served over https, by a proxy that says so: cookies and addresses then insist on it.
HTTPS = env.flag("HTTPS", False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# A name by which a browser takes the cookie from this very host and over https alone.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
if HTTPS:
    environment.insist_for_the_public(
        env.text("SECRET_KEY", ""), env.words("ALLOWED_HOSTS", []), DEBUG
    )

INSTALLED_APPS = [
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "briefing",
    "sources",
    "entities",
    "briefing.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
]

MIDDLEWARE = [
    "briefing.watching.slow_requests_named",
    "briefing.watching.features_refused",
    "django.middleware.security.SecurityMiddleware",
    "briefing.static_files.served",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sources.desk.rescue.Rescue",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "briefing.replica.Replica",
]

# A browser sends a character of ten megabytes of text as up to three.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32_000_000
# A claim with 500 pieces of evidence, each with all its fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
CSRF_FAILURE_VIEW = "sources.desk.rescue.csrf_failure"

ROOT_URLCONF = "briefing.urls"
WSGI_APPLICATION = "briefing.wsgi.application"

TEMPLATES = [
    {
        # What readers see. Jinja2 takes an eighth of the time of Django's templates.
        "NAME": "site",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "OPTIONS": {"environment": "briefing.site.environment"},
    },
    {
        "NAME": "desk",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "desk"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

BRIEFING_DB = BASE_DIR / env.text("BRIEFING_DB", "briefing.sqlite3")
# DATABASE_URL, and for readers DATABASE_REPLICA_URL: see docs/scaling.md.
DATABASES = databases.configured(
    env.text("DATABASE_URL", "") or f"sqlite:///{BRIEFING_DB}",
    env.text("DATABASE_REPLICA_URL", ""),
    BASE_DIR / env.text("BRIEFING_TEST_DB", "test-briefing.sqlite3"),
)
DATABASE_ROUTERS = ["entities.routing.Router"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The second factor: what an app calls the account, and whether each must have one.
OTP_TOTP_ISSUER = "Briefing"
# Where signing in leads if it is not said, or if what is said is elsewhere.
LOGIN_REDIRECT_URL = "admin:index"
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", False)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.zone("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files are served from where they lie until `collectstatic` has gathered them.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# The API: for all to read, without sessions; `API_RATE` is by address or token.
API_RATE = env.rate("API_RATE", "600/min")
API_WRITE_RATE = env.rate("API_WRITE_RATE", "120/min")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counts of requests: in files, since memory belongs to one worker, and reading
    # must write nothing to the database.
    "rates": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": BASE_DIR / env.text("RATES_DIR", ".make/rates"),
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,
    # Behind a proxy the last address it names is the reader's; else nobody is believed.
    "NUM_PROXIES": 1 if HTTPS else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Briefing",
    "DESCRIPTION": "Who says what, where exactly, and how many original sources stand "
    "behind it. What readers see, as data; docs/api.md explains it.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["briefing.api.schema.any_of"],
}

# Where the files of `publish` will stand.
EDITION_URL = environment.origin(
    "EDITION_URL", env.text("EDITION_URL", "http://localhost:8000")
)
# Under which licence the records of a published edition may be used.
EDITION_LICENCE = env.text("EDITION_LICENCE", "")
# A desk of one person: who writes a claim may also confirm and publish it.
ONE_PERSON_DESK = env.flag("ONE_PERSON_DESK", False)
# The longest part of a stored quote that readers see, in characters.
PUBLIC_QUOTE_LENGTH = env.number("PUBLIC_QUOTE_LENGTH", 300, least=1)

# A request that takes longer is named in the log; 0 names each.
SLOW_REQUEST_MS = env.number("SLOW_REQUEST_MS", 1000)
LOGGING = watching.logging(env.one_of("LOG_FORMAT", "plain", "json"))
