"""The function that every fence trigger calls, as it was then; today's stands in archiving/fences.py."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION archiving_fence(root bigint, adding boolean, mode text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    act bigint;
    gone bigint;
BEGIN
    IF root IS NULL THEN
        RETURN;
    END IF;
    IF adding THEN
        SELECT archival_id, erasure_id INTO act, gone FROM relations_relation WHERE id = root FOR KEY SHARE;
    ELSE
        SELECT archival_id, erasure_id INTO act, gone FROM relations_relation WHERE id = root;
    END IF;
    IF gone IS NOT NULL OR (adding AND NOT FOUND) THEN
        RAISE EXCEPTION 'relation % is erased', root USING ERRCODE = 'AR002';
    END IF;
    IF act IS NOT NULL AND (mode = 'closed' OR (adding AND mode = 'updates')) THEN
        RAISE EXCEPTION 'relation % is archived', root USING ERRCODE = 'AR001';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("archiving", "0002_initial"), ("relations", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION archiving_fence(bigint, boolean, text)")
    ]
