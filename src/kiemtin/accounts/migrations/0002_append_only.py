from django.db import migrations

from kiemtin.database.guard import AddGuards, append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [AddGuards(append_only("accounts_deskpage", "versions of pages are append-only"))]
