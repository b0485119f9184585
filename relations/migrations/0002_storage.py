"""Numbers to issue, and tables that archiving rewrites with room for HOT updates."""

from django.db import migrations

ARCHIVED_ALONG = ["relation", "contact", "note", "relationlink", "contract", "clientactivity"]
HOT = "".join(
    f"ALTER TABLE relations_{name} SET (fillfactor = 80); ALTER TABLE relations_historical{name} SET (fillfactor = 90);"
    for name in ARCHIVED_ALONG
)


class Migration(migrations.Migration):
    dependencies = [("relations", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE relations_number START 10001", "DROP SEQUENCE relations_number"),
        migrations.RunSQL(HOT, migrations.RunSQL.noop),
    ]
