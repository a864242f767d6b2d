from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checks", "0004_reviews_of_a_publisher"),
    ]

    operations = [
        migrations.AddField(
            model_name="externalreview",
            name="rating_before",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="externalreview",
            name="reworded",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
