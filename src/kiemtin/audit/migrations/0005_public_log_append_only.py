from django.db import migrations

# SQLite. A later migration that alters one of these tables makes it anew and loses its triggers: it must add them again
# (a test looks for them after all migrations).
TRIGGERS = """
CREATE TRIGGER audit_publiclog_no_update BEFORE UPDATE ON audit_publiclog
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_publiclog_no_delete BEFORE DELETE ON audit_publiclog
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_logentry_no_update BEFORE UPDATE ON audit_logentry
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_logentry_no_delete BEFORE DELETE ON audit_logentry
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_lognode_no_update BEFORE UPDATE ON audit_lognode
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_lognode_no_delete BEFORE DELETE ON audit_lognode
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_loghead_no_update BEFORE UPDATE ON audit_loghead
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
CREATE TRIGGER audit_loghead_no_delete BEFORE DELETE ON audit_loghead
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END;
"""
REVERSE = """
DROP TRIGGER audit_publiclog_no_update; DROP TRIGGER audit_publiclog_no_delete;
DROP TRIGGER audit_logentry_no_update; DROP TRIGGER audit_logentry_no_delete;
DROP TRIGGER audit_lognode_no_update; DROP TRIGGER audit_lognode_no_delete;
DROP TRIGGER audit_loghead_no_update; DROP TRIGGER audit_loghead_no_delete;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_public_log")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
