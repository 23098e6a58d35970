from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0007_import_problems")]

    operations = [
        migrations.RemoveConstraint(model_name="upload", name="upload_kind_known"),
        migrations.AlterField(
            model_name="upload",
            name="kind",
            field=models.CharField(
                choices=[
                    ("organizations", "党组织"),
                    ("members", "党员名册"),
                    ("terms", "任期"),
                    ("problems", "整改台账"),
                    ("needs", "实事清单"),
                ],
                max_length=16,
                verbose_name="类别",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["organizations", "members", "terms", "problems", "needs"])),
                name="upload_kind_known",
            ),
        ),
    ]
