import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_open_data_consent")]

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("domain", "Web site"),
                            ("short-link", "Short link"),
                            ("phone", "Telephone number"),
                            ("account", "Account number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("shown", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.PositiveIntegerField(default=0)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="questions.indicator",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sightings", to="questions.message"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "indicator"), name="one_sighting_a_message"),
                ],
            },
        ),
        migrations.AddField(model_name="match", name="by_indicator", field=models.BooleanField(default=False)),
    ]
