from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("office", "0004_changes_run")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="is_sealed",
            field=models.BooleanField(default=False, verbose_name="加密保存"),
        ),
    ]
