"""Phones that are stored already get the hash by which they are found; in slices, and safe to repeat."""

from django.db import migrations

from partybuild.lib.crypto import keyed_hash

SLICE = 500


def fill(apps, schema_editor):
    Member = apps.get_model("members", "Member")
    last = 0
    while rows := list(
        Member.objects.filter(pk__gt=last, phone_hash=None).order_by("pk").only("pk", "phone")[:SLICE]
    ):
        last = rows[-1].pk
        for row in rows:
            row.phone_hash = keyed_hash(row.phone) if row.phone else None
        Member.objects.bulk_update(rows, ["phone_hash"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("members", "0004_standing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
