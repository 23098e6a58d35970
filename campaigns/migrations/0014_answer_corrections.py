import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0013_leading_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="campaigns.answer",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="campaigns.assignment"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", True)),
                fields=("assignment",),
                name="answer_once_for_an_assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("corrects__isnull", True), models.Q(("status__in", ["amending", "amended"]), _negated=True)
                    ),
                    models.Q(
                        ("corrects__isnull", False), models.Q(("status__in", ["filed", "approved"]), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="answer_correction_never_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["draft", "amending", "returned"])),
                fields=("corrects",),
                name="answer_corrected_once_at_a_time",
            ),
        ),
    ]
