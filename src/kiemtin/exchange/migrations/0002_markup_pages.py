import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_api_tokens"), ("exchange", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MarkupPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True)),
                ("publisher_name", models.CharField(max_length=300)),
                ("publisher_site", models.CharField(db_index=True, max_length=255)),
                ("url", models.CharField(max_length=4000)),
                ("published", models.DateField(null=True)),
                ("markups", models.JSONField(default=list)),
                ("keys", models.JSONField(default=list)),
                ("gone", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted", models.DateTimeField(blank=True, null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="markup_pages", to="accounts.desk"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted__isnull", True)), fields=("url",), name="one_markup_a_page"
                    )
                ],
            },
        ),
    ]
