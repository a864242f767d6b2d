import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_indicators")]

    operations = [
        migrations.CreateModel(
            name="LinkPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("address", models.CharField(max_length=4000)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Is being opened"), ("read", "Read"), ("failed", "Could not be read")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=30)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("led_to", models.CharField(blank=True, max_length=4000)),
                ("title", models.CharField(blank=True, max_length=400)),
                ("description", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("asked", models.DateTimeField(default=django.utils.timezone.now)),
                ("tried", models.DateTimeField(blank=True, null=True)),
                ("lease", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["asked"], name="link_page_waiting")
                ],
            },
        ),
    ]
