"""Settings shared by all profiles. Everything that differs between installations comes from the environment."""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

PROFILE = "base"
IS_PRODUCTION = False
BAND = ""

SECRET_KEY = env.str("SECRET_KEY", default="")
# The first key encrypts, all decrypt: rotate by putting a new one in front.
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
HASH_KEY = env.str("HASH_KEY", default="")
CLOCK_FILE = env.str("CLOCK_FILE", default="") or None

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "desk",
    "assessments",
    "campaigns",
    "members",
    "office",
    "branches",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "partybuild.lib.logging.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "partybuild.lib.uploads.middleware.BodySizeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partybuild.lib.htmx.HtmxResponseMiddleware",
    "branches.middleware.SignInMiddleware",
    "branches.middleware.ScopeMiddleware",
    "branches.middleware.PasswordChangeMiddleware",
    "branches.middleware.SecondFactorMiddleware",
    "branches.middleware.TodoMiddleware",
    "branches.middleware.NoStoreMiddleware",
    "branches.middleware.MethodPageMiddleware",
    "axes.middleware.AxesMiddleware",
    "branches.middleware.SentOnceMiddleware",
]

# In the session: a cookie of their own would carry personal words, and not the prefix of the others.
MESSAGE_STORAGE = "partybuild.lib.messages.Storage"

ROOT_URLCONF = "partybuild.urls"
WSGI_APPLICATION = "partybuild.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "branches.context_processors.frame",
            ],
            "builtins": ["branches.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://127.0.0.1:5432/partybuild")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "branches.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "branches.rules.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name"), "max_similarity": 0.7},
    },
    {"NAME": "branches.rules.passwords.TrivialValidator"},
    {"NAME": "branches.queries.passwords.NamesValidator"},
]
LOGIN_URL = "branches:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "branches:login"
FORCE_PASSWORD_CHANGE = True
# Days after which a password must be changed (None: never), and how many of the last are kept to be refused.
PASSWORD_MAX_DAYS: int | None = None
PASSWORD_KEPT = 0
# Roles (branches.enums.Role) whose holders must have a second factor; everybody may.
SECOND_FACTOR_ROLES: frozenset[str] = frozenset()
# security.md row 8; None sets no limit. A password given again opens grants for ten minutes (row 10).
SIGN_IN_IDLE_SECONDS: int | None = 30 * 60
SIGN_IN_LONGEST_SECONDS: int | None = 12 * 60 * 60
PASSWORD_AGAIN_SECONDS = 10 * 60

# The audit trail: days that it is kept (184 at least), and the database role that may only append to it.
AUDIT_KEEP_DAYS = env.int("AUDIT_KEEP_DAYS", default=400)
APP_ROLE = env.str("APP_ROLE", default="partybuild_app")
# † Our own choice, bound to no paragraph: a post is held for another at most so long.
ACTING_LONGEST_DAYS = env.int("ACTING_LONGEST_DAYS", default=90)

GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_GET_CONTENT_TYPE = "guardian.ctypes.get_default_content_type"
ANONYMOUS_USER_NAME = None

# security.md row 5: five failures lock the pair of account and address for ten minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = "branches.rules.lockout.cooloff"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Else it looks for the model's field "login", finds none in the form, and counts all accounts of an address as one.
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "branches.views.accounts.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=50 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 15 * 60
# Without max_retries a request that queues work waits six seconds for a broker that is down.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
# One tick a minute: what is due lies in the table of runs, never in the schedule.
CELERY_BEAT_SCHEDULE = {"tick": {"task": "desk.tick", "schedule": 60.0, "options": {"expires": 55}}}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "partybuild.lib.logging.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
