from django.db import migrations

# SQLite. A later migration that alters this table makes it anew and loses its triggers: it must add them again
# (a test looks for them after all migrations).
TRIGGERS = """
CREATE TRIGGER accounts_deskpage_no_update BEFORE UPDATE ON accounts_deskpage
BEGIN SELECT RAISE(ABORT, 'versions of pages are append-only'); END;
CREATE TRIGGER accounts_deskpage_no_delete BEFORE DELETE ON accounts_deskpage
BEGIN SELECT RAISE(ABORT, 'versions of pages are append-only'); END;
"""
REVERSE = "DROP TRIGGER accounts_deskpage_no_update; DROP TRIGGER accounts_deskpage_no_delete;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
