from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from kiemtin.database.guard import AddGuards, append_only

GUARDS = append_only("audit_event", "audit events are append-only")


def take_guards_away(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for guard in GUARDS:
        schema_editor.execute(guard.removal(schema_editor.connection.vendor), params=None)


def name_desks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What stood among the details becomes a column; the details of old events stay as they were written."""
    events = apps.get_model("audit", "Event").objects.using(schema_editor.connection.alias)
    events.filter(detail__has_key="desk").update(desk=Coalesce(KT("detail__desk"), F("desk")))


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_public_log_append_only")]

    operations = [
        migrations.RunPython(take_guards_away, migrations.RunPython.noop),
        migrations.AddField(
            model_name="event",
            name="desk",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunPython(name_desks, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="event", name="audit_event_actor"),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["desk", "id"], name="audit_event_desk")),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["desk", "at"], name="audit_event_desk_at")),
        migrations.AddIndex(
            model_name="event", index=models.Index(fields=["desk", "actor", "id"], name="audit_event_desk_actor")
        ),
        migrations.AddIndex(
            model_name="event", index=models.Index(fields=["desk", "verb", "id"], name="audit_event_desk_verb")
        ),
        AddGuards(GUARDS),
    ]
