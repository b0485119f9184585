"""Room in every page for the two times that an item is written again: its values, and then its outcome.

A new version of a row in the same page costs no index entries (HOT): writing outcomes and values takes about a third less.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_telling_and_forgetting")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE jobs_jobitem SET (fillfactor = 50)", "ALTER TABLE jobs_jobitem RESET (fillfactor)"
        )
    ]
