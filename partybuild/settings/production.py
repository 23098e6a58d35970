"""What both production profiles share: https, keys from the environment, the real clock."""

from django.core.exceptions import ImproperlyConfigured

from partybuild.settings.base import *
from partybuild.settings.base import CLOCK_FILE, FIELD_KEYS, HASH_KEY, MIDDLEWARE, SECRET_KEY, env

IS_PRODUCTION = True

for name, value in {"SECRET_KEY": SECRET_KEY, "FIELD_KEYS": FIELD_KEYS, "HASH_KEY": HASH_KEY}.items():
    if not value:
        raise ImproperlyConfigured(f"正式环境必须设置 {name}，参见 .env.example。")
if CLOCK_FILE:
    raise ImproperlyConfigured("正式环境不能设置 CLOCK_FILE。")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=True) else None
if SECURE_PROXY_SSL_HEADER:
    MIDDLEWARE = ["branches.middleware.ForwardedAddressMiddleware", *MIDDLEWARE]
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
SECOND_FACTOR_ROLES = frozenset(env.list("SECOND_FACTOR_ROLES", default=[]))
