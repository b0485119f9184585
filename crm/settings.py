"""Settings of the site. Everything that differs from place to place comes from the environment (docs/operations.md)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.utils.csp import CSP
from environs import Env
from psycopg.conninfo import make_conninfo

from crm.accounts.fixed_settings import *  # noqa: F403
from crm.postgres.server import EmbeddedPostgres

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
KNOWN_SECRET_KEY = "only-for-trying-out-at-home-set-SECRET_KEY-for-real-use"
SECRET_KEY = env.str("SECRET_KEY", KNOWN_SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

# Shown on every page and by /health/ (R4).
APP_VERSION = env.str("APP_VERSION", "4.2.0")
APP_BUILD = env.str("APP_BUILD", "105")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "simple_history",
    "pgtrigger",
    "django_htmx",
    "django_filters",
    "heroicons",
    "crm.core",
    "crm.accounts",
    "crm.jobs",
    "archiving",
    "relations",
    "billing",
    "portals",
    "crm.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.accounts.languages.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "crm.core.privacy.NoCopyMiddleware",
    "crm.core.privacy.PermissionsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crm.accounts.second_step.SecondStepMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "crm.core.errors.WordsMiddleware",
    "crm.core.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms goes before Django's own
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.core.context.site",
                "crm.jobs.context.own_jobs",
            ],
            "builtins": [
                "django.contrib.humanize.templatetags.humanize",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "heroicons.templatetags.heroicons",
                "crm.core.templatetags.formats",
                "crm.core.templatetags.sight",
            ],
        },
    }
]

# --- database: a private server in var/postgres unless DATABASE_URL names another -----------------------------------
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": {**env.dj_db_url("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
    EMBEDDED_POSTGRES = None
else:
    EMBEDDED_POSTGRES = EmbeddedPostgres(VAR_DIR / "postgres")
    DATABASES = {
        "default": {
            "ENGINE": "crm.postgres",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(EMBEDDED_POSTGRES.socket_dir),
            "SERVER": EMBEDDED_POSTGRES,
        }
    }
# Unset, pgtrigger's own check throws and catches an exception on every fenced row: measured, 12x the cost of the fence.
DATABASES["default"]["OPTIONS"] = {"options": "-c pgtrigger.ignore={}"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, sessions: shared by all web processes, so that they count sign-ins together -------------------------------
REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- background work (crm/celery.py) ---------------------------------------------------------------------------------
PGMQ = "pgmq://"  # queues in our own database (crm/core/migrations/0001_pgmq.py)
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") or PGMQ
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}  # longer than any task; a lost one runs again after it
if CELERY_BROKER_URL == PGMQ:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "conn_string": make_conninfo(
            host=DATABASES["default"].get("HOST") or None,
            port=DATABASES["default"].get("PORT") or None,
            dbname=DATABASES["default"]["NAME"],
            user=DATABASES["default"].get("USER") or None,
            password=DATABASES["default"].get("PASSWORD") or None,
        ),
        "init_extension": False,
        "wait_time_seconds": 2,
        "polling_interval": 0.1,  # a busy worker looks again this soon; an idle one waits in the database
        "pool_size": 4,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True  # a killed worker loses nothing: its tasks run again, so every task is idempotent
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # our own LOGGING, which keeps personal data out
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = CELERY_BROKER_URL != PGMQ  # its broadcasts need a broker that forgets
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- mail to customers (portals/mailing) and employees ---------------------------------------------------------------
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")  # of the links in mail
MAIL_FOLDER = env.str("MAIL_FOLDER", "")  # for trying out: mail is written there and goes nowhere
MAIL_CONNECTIONS = env.int("MAIL_CONNECTIONS", 4)  # with the mail server, at once
MAIL_TLS = env.str("MAIL_TLS", "")
SMTP = {
    "host": env.str("MAIL_HOST", "localhost"),
    "port": env.int("MAIL_PORT", None),
    "username": env.str("MAIL_USER", ""),
    "password": env.str("MAIL_PASSWORD", ""),
    "use_tls": MAIL_TLS == "starttls",
    "use_ssl": MAIL_TLS == "tls",
    "timeout": env.int("MAIL_TIMEOUT", 30),
}
if MAIL_FOLDER:
    MAILER = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": MAIL_FOLDER}}
elif backend := env.str("MAIL_BACKEND", ""):  # of a mail provider, such as anymail.backends.postmark.EmailBackend
    MAILER = {"BACKEND": backend, "OPTIONS": env.json("MAIL_OPTIONS", {})}
else:
    MAILER = {"BACKEND": "portals.mailing.transport.SmtpMailer", "OPTIONS": SMTP}
MAILERS = {"default": MAILER}
DEFAULT_FROM_EMAIL = env.str(
    "MAIL_FROM", f"Archivaris <niet-beantwoorden@{urlsplit(SITE_URL).hostname}>"
)  # to employees

# --- how employees come in: what differs from place to place; the rest is in crm/accounts/fixed_settings.py -----------
# proxies before the site, so that the limits count a visitor and not the proxy
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", int(env.bool("HTTPS", False)))
SECOND_STEP_FOR_ADMINISTRATORS = env.bool("SECOND_STEP_FOR_ADMINISTRATORS", False)
SIGN_INS_KEPT = timedelta(days=env.int("SIGN_IN_DAYS", 365))

# --- language: Dutch is the office's, and everybody's who did not choose another (crm/accounts/languages.py) ----------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("sv", "Svenska")]  # each called as its readers call it
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CUSTOMER_PATHS = ("/portaal/",)  # pages of customers, in the language of the office
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["crm.core.locale_formats"]

# --- how messages look: the ends of the notice-* classes --------------------------------------------------------------
MESSAGE_TAGS = {SUCCESS: "ok", INFO: "info", WARNING: "warn", ERROR: "danger"}

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not env.bool("STATIC_COLLECTED", False)
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("STATIC_COLLECTED", False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- what this product is about --------------------------------------------------------------------------------------
ARCHIVING_ROOT = "relations.Relation"
ARCHIVING_NAMED_UP_TO = 1000  # relations in a set that is planned with all their names; a larger one is counted
ARCHIVING_FILES_UP_TO = 100  # documents to choose one by one when erasing; for more there is one choice
RETENTION_YEARS = {"invoices": env.int("RETENTION_INVOICES", 7), "due_diligence": env.int("RETENTION_DUE_DILIGENCE", 5)}
ARCHIVE_SUGGESTION_MONTHS = env.int("ARCHIVE_SUGGESTION_MONTHS", 24)  # without hours, invoice or contact
# Keys the hashes of retired relation numbers (R87); changing it forgets which numbers were retired.
RETIRED_NUMBER_KEY = env.str("RETIRED_NUMBER_KEY", SECRET_KEY)

# --- what customers may do (portals/customer) ------------------------------------------------------------------------
OWN_ERROR_PAGES = {"/portaal/": "portals/customer/"}  # start of the path → folder of error.html and refused.html
CUSTOMER_SESSION_HOURS = 8
CUSTOMER_FILE_MOST = 10 * 1024 * 1024  # bytes of one attachment
OFFICE_FILE_MOST = env.int("OFFICE_FILE_MOST", 25 * 1024 * 1024)  # the same, of what an employee keeps
FILE_UPLOAD_HANDLERS = [
    "crm.core.uploads.quota.Quota",
    "portals.customer.uploads.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- jobs (crm/jobs) --------------------------------------------------------------------------------------------------
JOBS_AT_ONCE = 100  # a job of so many relations is done while one waits; a larger one by the workers
JOBS_CHUNK, JOBS_CHUNK_MOST = 1000, 5000  # relations in the first chunk, and in one at most
JOBS_CHUNK_SECONDS = 1.0  # what a chunk aims at: so long are its relations locked
JOBS_WORKERS = env.int("JOBS_WORKERS", 2)  # that begin at one large job; more may join when it is sent again
JOBS_SILENT_FOR = 30  # seconds without a sign of life after which a job is sent to the workers again
JOBS_ANALYSE_FROM = 5000  # relations in a set from which the planner is told about it
JOBS_UNDO_DAYS = env.int("JOBS_UNDO_DAYS", 30)  # how long a bulk edit can be undone; its values go after that

# --- portals of other suppliers (portals/providers): without an address only our own record of a link is kept -----
PORTAL_PROVIDERS = {
    "pinkweb": {"url": env.str("PORTAL_PINKWEB_URL", ""), "key": env.str("PORTAL_PINKWEB_KEY", "")},
    "creaim": {"url": env.str("PORTAL_CREAIM_URL", ""), "key": env.str("PORTAL_CREAIM_KEY", "")},
    "yob": {"url": env.str("PORTAL_YOB_URL", ""), "key": env.str("PORTAL_YOB_KEY", "")},
    "other": {"url": env.str("PORTAL_OTHER_URL", ""), "key": env.str("PORTAL_OTHER_KEY", "")},
}
PORTAL_TIMEOUT = env.int("PORTAL_TIMEOUT", 5)  # seconds; three tries at most

# --- safety ----------------------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "object-src": [CSP.NONE],
}
PERMISSIONS_POLICY = {  # what no page of ours needs, so that nothing that slips in can use it either
    **dict.fromkeys(
        ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"), "()"
    ),
    **dict.fromkeys(("publickey-credentials-create", "publickey-credentials-get"), "(self)"),  # passkeys
}
HTTPS = env.bool("HTTPS", False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # for trying out
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside, past the proxy that speaks HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "crm.core.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "crm.core.logs.WordlessFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "kombu.connection": {"level": "ERROR"},  # warns that pgmq:// names no host
        "fpdf": {"level": "ERROR"},  # warns of letters that a font lacks, with those letters
        "django.server": {"level": "ERROR", "handlers": ["console"], "propagate": False},  # prints what is searched for
    },
}
