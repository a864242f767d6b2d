from django.db import migrations

# SQLite. A later migration that alters this table makes it anew and loses its triggers: it must add them again
# (a test looks for them after all migrations).
TRIGGERS = """
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
"""
REVERSE = "DROP TRIGGER audit_event_no_update; DROP TRIGGER audit_event_no_delete;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
