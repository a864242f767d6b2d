"""Django's settings. Everything that a desk may change comes from the environment (docs/reference/settings.md).

Environment
-----------
KIEMTIN_DATA
    Folder of everything that is kept: database, index, keys. Default: `kiemtin-data` in the current
    folder. It is made by the first command that needs it, never by reading this module.
KIEMTIN_INDEX
    Folder of the indexes, on a local disk. Default: the data folder. Machines that share a data folder and a database
    each keep their own.
DATABASE_URL
    A PostgreSQL database, `postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=…`. Default: SQLite in the data folder.
KIEMTIN_ADDRESS
    Where the public reaches this installation, `https://kiemtin.example`. Default: `http://localhost:8000`.
KIEMTIN_MAIL
    The mail server, `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://…` for TLS from the first byte; with `smtp` STARTTLS
    is used unless `?tls=none` says otherwise. Empty: no mail is sent, replies wait.
KIEMTIN_MAIL_FROM
    Sender of mail. Default: `kiemtin@` and the host of the address.
KIEMTIN_LICENCE
    Address of the licence under which the checks may be used by others. Default: CC BY 4.0.
KIEMTIN_PROXIES
    How many proxies stand in front; so many addresses from the right of X-Forwarded-For are believed. Default: 0.
KIEMTIN_FETCH_ALLOW
    Hosts of private networks that reviews may be fetched from all the same, `host:port`, separated by commas. Default:
    none.
KIEMTIN_SOURCE_DAYS
    After how many days the sources of published checks are looked at again. Default: 7. 0: never.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from kiemtin.config.database_settings import database_settings
from kiemtin.config.fetch_allow import fetch_allow
from kiemtin.config.mail import mail_settings
from kiemtin.config.secret_key import secret_key

KIEMTIN_DATA = Path(os.environ.get("KIEMTIN_DATA") or "kiemtin-data").absolute()
KIEMTIN_INDEX = Path(os.environ["KIEMTIN_INDEX"]).absolute() if os.environ.get("KIEMTIN_INDEX") else None
KIEMTIN_ADDRESS = (os.environ.get("KIEMTIN_ADDRESS") or "http://localhost:8000").rstrip("/")
KIEMTIN_LICENCE = os.environ.get("KIEMTIN_LICENCE") or "https://creativecommons.org/licenses/by/4.0/"
KIEMTIN_PROXIES = int(os.environ.get("KIEMTIN_PROXIES") or 0)
KIEMTIN_FETCH_ALLOW = fetch_allow(os.environ.get("KIEMTIN_FETCH_ALLOW") or "")
KIEMTIN_SOURCE_DAYS = int(os.environ.get("KIEMTIN_SOURCE_DAYS") or 7)
_HOST = urlsplit(KIEMTIN_ADDRESS).hostname or "localhost"
_IS_SECURE = KIEMTIN_ADDRESS.startswith("https://")

# Read from the data folder, or made there, when something is first signed: not by every command.
SECRET_KEY = SimpleLazyObject(partial(secret_key, KIEMTIN_DATA))

ALLOWED_HOSTS = [_HOST, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [KIEMTIN_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "kiemtin.accounts",
    "kiemtin.audit",
    "kiemtin.checks",
    "kiemtin.matching",
    "kiemtin.questions",
    "kiemtin.exchange",
    "kiemtin.channels",
    "kiemtin.public",
    "kiemtin.desk",
    "kiemtin.config",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kiemtin.api.entrance.EntranceMiddleware",  # programs go no further: the rest is for browsers
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kiemtin.config.locale_middleware.AddressLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kiemtin.config.urls"
WSGI_APPLICATION = "kiemtin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kiemtin.config.context.site",
                "kiemtin.desk.context.desk",
            ],
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL") or "", KIEMTIN_DATA / "kiemtin.sqlite3")}
CACHES = {
    # What all processes must count together: tries to sign in. Nothing of an asker is in it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempt",
        "KEY_FUNCTION": "kiemtin.accounts.attempts.attempt_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond that counts are dropped: so many addresses at once are a flood
    },
    # Public pages as they were last made, in each process.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

USE_I18N = True
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
FORMAT_MODULE_PATH = "kiemtin.config.formats"
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]

# People

AUTH_USER_MODEL = "accounts.User"
# Argon2id takes memory as well as time, so that stolen hashes cannot be tried on graphics cards by the billion. With
# Django's values (100 MiB, two passes) 0.3 s on a busy machine of two cores, where PBKDF2 takes 0.5 s. Hashes of
# before are known still, and written anew when their owner signs in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kiemtin.accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "kiemtin.config.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation, and the invitation came by mail
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who has no account here gets no mail from here
ACCOUNT_FORMS = {
    "login": "kiemtin.config.sign_in_forms.LoginForm",
    "change_password": "kiemtin.config.sign_in_forms.ChangePasswordForm",
    "set_password": "kiemtin.config.sign_in_forms.SetPasswordForm",
    "reset_password": "kiemtin.config.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "kiemtin.config.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "kiemtin.config.sign_in_forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = KIEMTIN_PROXIES
MFA_ADAPTER = "kiemtin.config.adapter.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation is the proof
MFA_FORMS = {
    "authenticate": "kiemtin.config.sign_in_forms.AuthenticateForm",
    "reauthenticate": "kiemtin.config.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "kiemtin.config.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "kiemtin.config.sign_in_forms.AddWebAuthnForm",
    "edit_webauthn": "kiemtin.config.sign_in_forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kiểm Tin"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IS_SECURE
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "public:home"

# Static files, from the same process: found in the package itself, nothing to collect.

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 86_400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kiemtin.config.static_storage.HashedStaticFiles"},
}

# Security

_DAYS = 86_400
SESSION_COOKIE_AGE = 14 * _DAYS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kiemtin.public.views.errors.expired_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * _DAYS if _IS_SECURE else 0
# Only where the proxy in front is counted: else no request would count as secure, and each would be sent on for ever.
SECURE_SSL_REDIRECT = _IS_SECURE and KIEMTIN_PROXIES > 0
# What holds for the whole domain is for its owner to say, in the proxy: other names under it may not have TLS.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS for subdomains, preloading
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if KIEMTIN_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = (10 << 20) + (128 << 10)  # a picture and the fields beside it: never a file on the disk

# Mail

KIEMTIN_SENDS_MAIL = bool(os.environ.get("KIEMTIN_MAIL"))
globals().update(mail_settings(os.environ.get("KIEMTIN_MAIL") or ""))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("KIEMTIN_MAIL_FROM") or f"Kiểm Tin <kiemtin@{_HOST}>"
EMAIL_BACKEND = "kiemtin.channels.mail.smtp.Backend"
EMAIL_TIMEOUT = 20

# Commands print for people and set the exit status; a log handler of Django's would write between the lines.
LOGGING_CONFIG = None
