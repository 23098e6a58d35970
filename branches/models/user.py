"""A person who may sign in."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from guardian.mixins import GuardianUserMixin

from branches.models.organization import path_filter
from branches.models.post import Post
from branches.permissions import Permission, Scope
from partybuild.lib import clock
from partybuild.lib.fields import EncryptedTextField


class UserQuerySet(models.QuerySet["User"]):
    """Short filters over accounts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.MANAGE_ACCOUNT) -> Self:
        """Those kept within the scope, unless a post in force reaches beyond it: who resets a password may sign in."""
        if scope.grant is None:
            return self.none()
        live = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()), user=OuterRef("pk"))
        beyond = live.exclude(organization__path__startswith=scope.grant.path)
        kept = path_filter(scope, permission, "organization__path")
        return self.filter(kept).exclude(Exists(beyond))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
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
    # Whose administrators keep the account; what it may do follows from its posts alone.
    organization = models.ForeignKey(
        "branches.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="所属党组织",
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    # Set while the password is one that an administrator gave out: it opens one session, until this moment.
    first_password_until = models.DateTimeField("初始密码有效期", null=True, blank=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        constraints = [
            models.CheckConstraint(condition=~models.Q(login=""), name="user_has_login"),
            # Rights come from posts alone: nobody stands above the table of rights.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_never_super"),
        ]

    def __str__(self) -> str:
        return self.name


class UsedPassword(models.Model):
    """A password that somebody has had, hashed, where a profile refuses the last ones."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "用过的密码"
        verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"
