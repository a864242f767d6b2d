from django.db import migrations

# SQLite. A later migration that alters this table makes it anew and loses its triggers: it must add them again
# (a test looks for them after all migrations).
TRIGGERS = """
CREATE TRIGGER checks_revision_no_update BEFORE UPDATE ON checks_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER checks_revision_no_delete BEFORE DELETE ON checks_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
"""
REVERSE = "DROP TRIGGER checks_revision_no_update; DROP TRIGGER checks_revision_no_delete;"


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_fact_checks")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
