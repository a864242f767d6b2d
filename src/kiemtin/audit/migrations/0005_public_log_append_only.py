from django.db import migrations

from kiemtin.database.guard import AddGuards, append_only

TABLES = ("audit_publiclog", "audit_logentry", "audit_lognode", "audit_loghead")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_public_log")]

    operations = [AddGuards(append_only(table, "the public log is append-only")) for table in TABLES]
