"""The database itself refuses writes to archived and erased relations, whoever asks: form, task, import, shell (B12).

Every registered table gets a trigger, generated from the registry. A new row, or a row that changes relation, takes
FOR KEY SHARE on the relation; the engine locks FOR UPDATE before it looks. Nothing slips in between: measured, 0 of
1,164 against 583 of 849 with a lock in the application alone. An update that keeps its relation
takes no lock: it holds its own row already, and waiting for the relation too would deadlock with the archiver. Only
rows that can be a blocker do: archiving leaves those alone, and an update may make one (hours taken off an invoice).
"""

from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.erasure.scrubbing import blank, scrubbed_fields
from archiving.models import Tombstone
from archiving.policies import ERASED_TEXT, Delete, Fence
from crm.core.refusals import explain

# the SQLSTATEs of a refusal; the last: a relation is never deleted straight away (R1)
ARCHIVED, ERASED, NEVER_DELETED = "AR001", "AR002", "AR003"
explain(ARCHIVED, _("This relation has been archived meanwhile. Restore it first if it must change."))
explain(ERASED, _("This relation has been erased meanwhile. Nothing can be added or changed any more."))
explain(NEVER_DELETED, _("A relation is never deleted straight away. Archive it first."))
SETTING = "archiving.engine"
# Asked before the trigger's function is called: the engine's own writes pay nothing for the fence.
NOT_THE_ENGINE = pgtrigger.Condition(f"current_setting('{SETTING}', true) IS DISTINCT FROM 'on'")

FUNCTION = f"""
CREATE OR REPLACE FUNCTION archiving_fence(root bigint, adding boolean, mode text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    act bigint;
    gone bigint;
BEGIN
    IF root IS NULL THEN
        RETURN;
    END IF;
    IF adding THEN
        SELECT archival_id, erasure_id INTO act, gone FROM {{table}} WHERE id = root FOR KEY SHARE;
    ELSE
        SELECT archival_id, erasure_id INTO act, gone FROM {{table}} WHERE id = root;
    END IF;
    IF gone IS NOT NULL OR (adding AND NOT FOUND) THEN
        RAISE EXCEPTION 'relation % is erased', root USING ERRCODE = '{ERASED}';
    END IF;
    IF act IS NOT NULL AND (mode = 'closed' OR (adding AND mode = 'updates')) THEN
        RAISE EXCEPTION 'relation % is archived', root USING ERRCODE = '{ARCHIVED}';
    END IF;
END $$;
"""


@contextmanager
def lifted():
    """Inside, the engine itself may write; the setting ends with the block or the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [SETTING])
    yield
    with connection.cursor() as cursor:  # not in a `finally`: after an error the rollback ends the setting
        cursor.execute("SELECT set_config(%s, '', true)", [SETTING])


def build():
    """Give every registered model its trigger; makemigrations then writes what changed."""
    for policy in policies.policies():
        if policy.fence == Fence.NONE:
            continue
        if policy.orphans and isinstance(policy.orphans.rule, Delete):  # nothing stays that could be filled again
            continue
        trigger = pgtrigger.Trigger(
            name="fence",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            condition=NOT_THE_ENGINE,
            func=_body(policy),
        )
        pgtrigger.register(trigger)(policy.model)
    for policy in policies.policies():
        if policy.history and not policy.orphans:
            pgtrigger.register(_fence_of_history(policy))(policy.history)


def _fence_of_history(policy):
    """Whoever saves outside a transaction writes its history row after us: too late."""
    mine = ["NEW.id"] if policy.is_root else [_root_of(policy.history, path, "NEW") for path in policy.paths]
    return pgtrigger.Trigger(
        name="fence",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=NOT_THE_ENGINE,
        func="\n".join([*(f"PERFORM archiving_fence({key}, true, '{Fence.OPEN}');" for key in mine), "RETURN NEW;"]),
    )


def _body(policy):
    steps = []
    if policy.is_root:
        steps += _root_steps()
    elif policy.orphans:
        steps += _orphan_steps(policy)
    else:
        steps += _blocker_steps(policy)
        for path in policy.paths:
            steps += _path_steps(policy.model, path, policy.fence)
        steps += _link_steps(policy.model)
    for reference in policy.references:
        steps += _reference_steps(policy.model, reference)
    steps.append("IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;")
    return "\n".join(steps)


def _root_steps():
    return [
        f"IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM {Tombstone._meta.db_table} t WHERE t.key = NEW.id) THEN",
        f"    RAISE EXCEPTION 'erased' USING ERRCODE = '{ERASED}';",
        "ELSIF TG_OP <> 'INSERT' THEN",
        f"    IF OLD.erasure_id IS NOT NULL THEN RAISE EXCEPTION 'erased' USING ERRCODE = '{ERASED}'; END IF;",
        "    IF OLD.archival_id IS NOT NULL OR (TG_OP = 'UPDATE' AND NEW.archival_id IS NOT NULL) THEN",
        f"        RAISE EXCEPTION 'archived' USING ERRCODE = '{ARCHIVED}';",
        "    END IF;",
        f"    IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'never deleted' USING ERRCODE = '{NEVER_DELETED}'; END IF;",
        "END IF;",
    ]


def _orphan_steps(policy):
    """A person or task is nobody's own and stays open, but an emptied one that nobody is linked to stays empty."""
    link = policy.model._meta.get_field(policy.orphans.link)
    emptied = next(f.column for f in scrubbed_fields(policy.model, policy.orphans.rule) if blank(f) == ERASED_TEXT)
    links = f"{link.related_model._meta.db_table} l WHERE l.{link.field.column} = OLD.id"
    return [
        f"IF TG_OP = 'UPDATE' AND OLD.{emptied} = '{ERASED_TEXT}' AND NOT EXISTS (SELECT 1 FROM {links}) THEN",
        f"    RAISE EXCEPTION 'erased' USING ERRCODE = '{ERASED}';",
        "END IF;",
    ]


def _link_steps(model):
    """A new link to a person or task waits for an eraser that is deciding whether nobody is linked to it any more."""
    for policy in policies.policies():
        if policy.orphans and (link := policy.model._meta.get_field(policy.orphans.link)).related_model is model:
            column = link.field.column
            yield f"IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.{column} IS DISTINCT FROM OLD.{column}) THEN"
            yield f"    PERFORM 1 FROM {policy.model._meta.db_table} WHERE id = NEW.{column} FOR KEY SHARE;"
            yield f"    IF NOT FOUND THEN RAISE EXCEPTION 'erased' USING ERRCODE = '{ERASED}'; END IF;"
            yield "END IF;"


def _blocker_steps(policy):
    root = policies.root()._meta.db_table
    for path in sorted({blocker.path or policy.paths[0] for blocker in policy.blockers}):
        mine = _root_of(policy.model, path, "NEW")
        yield f"IF TG_OP = 'UPDATE' THEN PERFORM 1 FROM {root} WHERE id = {mine} FOR KEY SHARE; END IF;"


def _path_steps(model, path, fence):
    new, old = _root_of(model, path, "NEW"), _root_of(model, path, "OLD")
    column = model._meta.get_field(path.split("__")[0]).column
    return [
        "IF TG_OP <> 'DELETE' THEN",
        f"    PERFORM archiving_fence({new},",
        f"        TG_OP = 'INSERT' OR NEW.{column} IS DISTINCT FROM OLD.{column}, '{fence}');",
        "END IF;",
        f"IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.{column} IS DISTINCT FROM OLD.{column}) THEN",
        f"    PERFORM archiving_fence({old}, false, '{fence}');",
        "END IF;",
    ]


def _reference_steps(model, reference):
    column = model._meta.get_field(reference.field).column
    telling = [model._meta.get_field(name).column for name in (*reference.scrub, *reference.files)]
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in telling) or "false"
    return [
        f"IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.{column} IS DISTINCT FROM OLD.{column}) THEN",
        f"    PERFORM archiving_fence(NEW.{column}, true, '{Fence.UPDATES}');",
        f"ELSIF TG_OP = 'UPDATE' AND ({changed}) THEN",
        f"    PERFORM archiving_fence(NEW.{column}, false, '{Fence.OPEN}');",
        "END IF;",
    ]


def _root_of(model, path, record):
    """SQL for the root's key of trigger row `record`, following `path` over other tables where it must."""
    first, *rest = path.split("__")
    field = model._meta.get_field(first)
    if not rest:
        return f"{record}.{field.column}"
    parent = field.related_model
    inner = parent._meta.get_field(rest[0])
    if len(rest) == 1:
        return f"(SELECT p.{inner.column} FROM {parent._meta.db_table} p WHERE p.id = {record}.{field.column})"
    raise NotImplementedError(f"{model._meta.label}: a path of three tables ({path}) needs a longer fence")
