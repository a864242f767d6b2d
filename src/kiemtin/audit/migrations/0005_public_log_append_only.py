from django.db import migrations

# SQLite. A later migration that alters one of these tables makes it anew and loses its triggers: it must add them again
# (a test looks for them after all migrations).
TABLES = ("audit_publiclog", "audit_logentry", "audit_lognode", "audit_loghead")
TRIGGERS = "".join(
    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;\n"
    for table in TABLES
    for deed in ("UPDATE", "DELETE")
)
REVERSE = "".join(f"DROP TRIGGER {table}_no_{deed};\n" for table in TABLES for deed in ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_public_log")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
