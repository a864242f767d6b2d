from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_api_tokens")]

    operations = [migrations.AddField(model_name="desk", name="opens_links", field=models.BooleanField(default=False))]
