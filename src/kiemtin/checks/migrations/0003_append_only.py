from django.db import migrations

from kiemtin.database.guard import AddGuards, append_only


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_fact_checks")]

    operations = [AddGuards(append_only("checks_revision", "revisions are append-only"))]
