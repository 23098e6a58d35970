"""Profile ``demo``: trying the portal out on one's own machine; refuses to be used in production."""

import os

from django.core.exceptions import ImproperlyConfigured

from partybuild.settings.base import *
from partybuild.settings.base import VAR_DIR, env
from services.secrets import local_secret

PROFILE = "demo"
BAND = "演示环境：人员和数据均为虚构，请勿录入真实信息。"

if os.environ.get("PRODUCTION"):
    raise ImproperlyConfigured("演示配置不能用于正式环境，请设置 PROFILE=office 或 PROFILE=graded。")

SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret(VAR_DIR, "secret-key")
FIELD_KEYS = env.list("FIELD_KEYS", default=[]) or [local_secret(VAR_DIR, "field-key")]
HASH_KEY = env.str("HASH_KEY", default="") or local_secret(VAR_DIR, "hash-key")
FORCE_PASSWORD_CHANGE = False
SIGN_IN_IDLE_SECONDS = 12 * 60 * 60
