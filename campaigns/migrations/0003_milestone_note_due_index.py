from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("branches", "0001_initial"),
        ("campaigns", "0002_answer_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="assignment_period"),
        migrations.AddIndex(
            model_name="assignment", index=models.Index(fields=["due_on", "id"], name="assignment_due")
        ),
        migrations.AddField(
            model_name="milestone",
            name="note",
            field=models.CharField(blank=True, default="", max_length=255, verbose_name="说明"),
        ),
    ]
