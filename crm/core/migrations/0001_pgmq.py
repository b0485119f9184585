"""The message queues of PGMQ, when Celery has no broker of its own (CELERY_BROKER_URL)."""

import pgmq
from django.conf import settings
from django.db import migrations


def install(apps, schema_editor):
    if settings.CELERY_BROKER_URL != settings.PGMQ:
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta')")
        if cursor.fetchone()[0] is None:
            cursor.execute(pgmq.get_embedded_install_sql())


class Migration(migrations.Migration):
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
