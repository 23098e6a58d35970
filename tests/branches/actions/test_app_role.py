"""Row 39 as the application: the role under which the portal runs may only add to the audit trail."""

from contextlib import contextmanager

import psycopg2
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from branches.actions.app_role import grant_app_role, is_owner
from branches.models import AuditEntry
from branches.permissions import Actor
from tests.factories.branches import AuditEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "tests-only"
TABLES = ("branches_auditentry", "branches_auditseal")


@pytest.fixture
def role():
    """A login of this test database alone: roles belong to the whole server."""
    name = f"app_of_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


@contextmanager
def signed_in(role):
    """A connection of the application's own."""
    settings = connection.settings_dict
    opened = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=role, password=PASSWORD
    )
    opened.autocommit = True
    try:
        yield opened.cursor()
    finally:
        opened.close()


@pytest.fixture
def granted(role):
    grant_app_role(by=Actor.system(), role=role)
    return role


def test_r39_the_application_adds_and_reads(granted):
    entry = AuditEntryFactory(verb="登录")
    columns = "at, channel, verb, object_type, object_label, address, organization_path, result, detail"
    copy = f"INSERT INTO branches_auditentry ({columns}) SELECT {columns} FROM branches_auditentry WHERE id = %s"
    with signed_in(granted) as cursor:
        cursor.execute(copy, [entry.pk])

    assert AuditEntry.objects.filter(verb="登录").count() == 2


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "sql",
    ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {}"],
)
@pytest.mark.parametrize(
    "trick", ["", "SET partybuild.audit_maintenance = 'on'", "SET partybuild.may_truncate_audit = 'on'"]
)
def test_r39_the_application_changes_nothing(granted, table, sql, trick):
    AuditEntryFactory()
    with signed_in(granted) as cursor:
        if trick:
            cursor.execute(trick)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(sql.format(table))


def test_r39_without_the_grants_the_guard_is_seen_to_be_needed(role):
    """Negative control: the same role with every right on the table does change it."""
    AuditEntryFactory()
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON branches_auditentry TO {role}")
    with signed_in(role) as cursor:
        cursor.execute("SET partybuild.audit_maintenance = 'on'")
        cursor.execute("DELETE FROM branches_auditentry")

    assert not AuditEntry.objects.exists()


def test_r39_pruning_keeps_to_half_a_year_for_the_application_too(granted):
    with signed_in(granted) as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege, match="notes the removal"):
        cursor.execute("SELECT branches_audit_prune(1)")


def test_all_else_it_writes_and_new_tables_too(granted):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigserial PRIMARY KEY, name text)")
    try:
        with signed_in(granted) as cursor:
            cursor.execute("INSERT INTO later (name) VALUES ('甲')")
            cursor.execute("UPDATE later SET name = '乙'")
            cursor.execute("UPDATE branches_user SET name = name")
            cursor.execute("DELETE FROM later")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE later")


def test_it_may_be_repeated_and_is_audited(granted, trail):
    grant_app_role(by=Actor.system(), role=granted)

    assert trail().last().verb == "设置数据库应用角色"


def test_the_owner_is_no_application():
    owner = connection.settings_dict["USER"]

    assert is_owner(owner)
    with pytest.raises(ValidationError, match="属主"):
        grant_app_role(by=Actor.system(), role=owner)


def test_a_role_that_is_not_there_is_told_by_the_command():
    with pytest.raises(CommandError, match="没有角色"):
        call_command("grant_app_role", "--role", "nobody_at_all")
