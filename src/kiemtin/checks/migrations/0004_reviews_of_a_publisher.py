from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0003_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="externalreview",
            index=models.Index(fields=["publisher_site", "-published", "-id"], name="review_publisher"),
        ),
    ]
