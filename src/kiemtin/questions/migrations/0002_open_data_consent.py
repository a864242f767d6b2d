from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]

    operations = [
        migrations.AddField(model_name="message", name="agreed", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="message", name="withheld", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="request", name="agreed", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("agreed__gt", 0)), fields=["id"], name="message_given"),
        ),
    ]
