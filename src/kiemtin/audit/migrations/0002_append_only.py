from django.db import migrations

from kiemtin.database.guard import AddGuards, append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [AddGuards(append_only("audit_event", "audit events are append-only"))]
