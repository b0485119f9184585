"""The function that every fence trigger calls (archiving/fences.py)."""

from django.db import migrations

from archiving.fences import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("archiving", "0002_initial"), ("relations", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION.format(table="relations_relation"), "DROP FUNCTION archiving_fence(bigint, boolean, text)")
    ]
