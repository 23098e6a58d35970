"""A person who may sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from guardian.mixins import GuardianUserMixin

from partybuild.lib.fields import EncryptedTextField


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a hashed password."""

    def create_user(self, login: str, name: str, password: str | None = None, **extra: Any) -> "User":
        """A saved account; without a password nobody can sign in to it."""
        user = self.model(login=login, name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, GuardianUserMixin):
    """One account. What it may do is in its posts, never here."""

    login = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    phone = EncryptedTextField("手机号码", blank=True, default="")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    # Set while the password is one that an administrator gave out: it opens one session, until this moment.
    first_password_until = models.DateTimeField("初始密码有效期", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        constraints = [
            models.CheckConstraint(condition=~models.Q(login=""), name="user_has_login"),
        ]

    def __str__(self) -> str:
        return self.name
