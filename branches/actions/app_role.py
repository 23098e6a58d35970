"""The database role under which web, worker and beat run: it may write everything, and only add to the audit trail."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from branches.actions import audit
from branches.models import AuditEntry, AuditSeal
from branches.permissions import Actor

APPENDED = (AuditEntry, AuditSeal)
_MIGRATIONS = "django_migrations"


@transaction.atomic
def grant_app_role(*, by: Actor, role: str) -> None:
    """Give the role its rights in this database, for what is here and for tables that come later; safe to repeat."""
    if not role_exists(role):
        raise ValidationError(f"数据库中没有角色 {role}，请先建立：CREATE ROLE {role} LOGIN PASSWORD '…'。")
    if is_owner(role):
        raise ValidationError(f"角色 {role} 是数据库的属主或超级用户，不能作为应用角色。请另建一个普通角色。")
    apply_grants(role)
    audit.record(by=by, verb="设置数据库应用角色", detail={"note": role})


@transaction.atomic
def apply_grants(role: str) -> None:
    """The rights themselves, without a trace: what a migration of the structure is followed by."""
    quote = connection.ops.quote_name
    name, database = quote(role), quote(str(connection.settings_dict["NAME"]))
    everything = "SELECT, INSERT, UPDATE, DELETE"
    statements = [
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT {everything} ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {everything} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(model._meta.db_table)} FROM {name}" for model in APPENDED),
        f"REVOKE INSERT, UPDATE, DELETE ON {quote(_MIGRATIONS)} FROM {name}",
        f"GRANT EXECUTE ON FUNCTION branches_audit_prune(bigint) TO {name}",
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def role_exists(role: str) -> bool:
    """Whether the server has this role."""
    return _is_so("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", role)


def is_owner(role: str) -> bool:
    """Whether the role is a superuser, or may act as the owner of the audit trail, and so may do anything with it."""
    return _is_so(
        "SELECT bool_or(rolsuper OR pg_has_role(r.oid, c.relowner, 'MEMBER'))"
        " FROM pg_roles r, pg_class c WHERE c.oid = to_regclass(%s) AND rolname = %s",
        AuditSeal._meta.db_table,
        role,
    )


def has_audit_trail() -> bool:
    """Whether the migrations have come as far as the audit trail and its seals."""
    return _is_so("SELECT to_regclass(%s) IS NOT NULL", AuditSeal._meta.db_table)


def _is_so(sql: str, *values: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.fetchone()[0])
