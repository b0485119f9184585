"""Deleting one small thing that was entered twice or by mistake (R98-R106), with what hangs under it (R99).

Like erasing it goes around Django's delete(), which would leave history rows with everything that was deleted. What
stays is a Deletion: who, when, why and how many.
"""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from archiving import fences, history, policies, tasks
from archiving.erasure import files
from archiving.models import ArchivalChange
from archiving.reach import among, tally
from crm.core.drift import digest, refuse_drift
from crm.core.refusals import Refusal, require
from relations.keeping import refuse_unless_active
from relations.models import Deletion, Relation
from relations.rights import DELETE_SMALL


@dataclass(frozen=True)
class Plan:
    """What goes along with the row: {model: number}, without those of which there is none. `roots`: from where."""

    counts: dict
    roots: tuple = ()

    @property
    def told(self):
        """Without the rows that nobody knows as such: what links a task to its relations."""
        return {model: count for model, count in self.counts.items() if policies.policy_of(model).told}

    @property
    def fingerprint(self):
        counts = {model._meta.label: count for model, count in self.counts.items()}
        return digest([counts, self.roots])


def plan(kind, pk):
    counts = tally({policy.model: rows for policy, rows in _along(kind.model, pk)})
    roots = tuple(sorted(_root_ids(kind, _row(kind, pk))))
    return Plan({model: count for model, count in counts.items() if count}, roots)


@transaction.atomic
def delete(kind, pk, *, relation, reason, expected, by):
    """Delete the row `pk` of `relation` with exactly what was shown to go along; raises Drifted."""
    require(by, DELETE_SMALL)
    if reason not in kind.reasons:
        raise Refusal(_("Choose a reason."), status=400)
    roots = _hold(kind, pk, relation)
    refuse_while_needed(kind, pk, by=by)
    current = plan(kind, pk)
    refuse_drift(current, expected)
    _carry_out(kind, pk)
    counts = {model._meta.label: count for model, count in current.told.items()}
    given = {"model": kind.model._meta.label, "counts": counts, "reason": reason, "by": by}
    Deletion.objects.bulk_create(Deletion(relation=root, **given) for root in roots)
    transaction.on_commit(lambda: tasks.remove_files.apply_async(retry=False), robust=True)


def refuse_while_needed(kind, pk, *, by):
    sentence = kind.refusal(pk)
    if sentence:
        raise Refusal(str(sentence))
    roots = Relation.objects.filter(pk__in=among(_root_ids(kind, _row(kind, pk))))
    if roots.filter(pk__in=Relation.objects.withheld_from(by)).exists():
        raise Refusal(_("This also belongs to a relation that you may not see. Ask somebody who may see it."))
    for archived in roots.archived()[:1]:
        sentence = _("This also belongs to a relation in the archive: %(name)s. Restore it or remove the link first.")
        raise Refusal(sentence % {"name": archived.name})


def others(kind, pk, relation):
    """The relations besides `relation` that it goes from too: a task, or a link, is of several."""
    return Relation.objects.filter(pk__in=among(_root_ids(kind, _row(kind, pk)) - {relation.pk})).order_by("name", "pk")


def _hold(kind, pk, relation):
    """The relations of the row, all active, locked before the row as everywhere: nothing is hung under it meanwhile."""
    row = _row(kind, pk)
    roots = Relation.objects.filter(pk__in=_root_ids(kind, row)).order_by("pk")
    held = list(roots.select_for_update(no_key=True))
    found = row.select_for_update(of=("self",)).exists() and _root_ids(kind, row)
    if relation not in held or found != {root.pk for root in held}:
        raise Refusal(_("This is not here any more: somebody else deleted or moved it."))
    for root in held:
        refuse_unless_active(root)
    return held


def _row(kind, pk):
    return kind.model._base_manager.filter(pk=pk)


def _root_ids(kind, row):
    return {root for found in row.values_list(*kind.policy.paths) for root in found}


# --- what goes along, and what stays ---------------------------------------------------------------------------------
def _along(model, pk):
    return [*_under(model, pk), *_left_alone(model, pk)]


def _under(model, pk):
    """[(policy, rows)] of what hangs under the row and belongs to the same relation (R99)."""
    return [(policy, rows.filter(_is_of_the_same(policy, name, model))) for policy, name, rows in _hanging(model, pk)]


def _hanging(model, pk):
    for link in model._meta.related_objects:
        policy = policies.policy_of(link.related_model)
        if policy:
            yield policy, link.field.name, policy.model._base_manager.filter(**{link.field.name: pk}).order_by()


def _is_of_the_same(policy, name, model):
    """A note that came to another relation without its activity stays there, like at erasing."""
    path = policy.paths[0]
    if path.startswith(f"{name}__"):
        return models.Q()
    return models.Q(**{path: F(f"{name}__{policies.policy_of(model).paths[0]}")})


def _left_alone(model, pk):
    """[(policy, rows)] of who is linked to a relation by this row only: the person behind a contact."""
    for policy in policies.policies():
        link = policy.orphans and policy.model._meta.get_field(policy.orphans.link)
        if link and link.related_model is model:
            others = model._base_manager.filter(**{link.field.name: OuterRef("pk")}).exclude(pk=pk)
            yield policy, policy.model._base_manager.filter(~Exists(others), **{link.name: pk}).order_by()


def _carry_out(kind, pk):
    alone = [(policy, _locked(rows)) for policy, rows in _left_alone(kind.model, pk)]
    # all keys before anything goes: what was said at a task is found by the links that go too
    under = [(policy, list(rows.values_list("pk", flat=True))) for policy, rows in _under(kind.model, pk)]
    for policy, ids in under:
        _remove(policy, ids)
    with fences.lifted():  # that others' rows hung here is no part of what was archived of them
        for policy, name, rows in _hanging(kind.model, pk):
            if policy.model._meta.get_field(name).null:
                rows.update(**{name: None})
    for policy, ids in [(kind.policy, [pk]), *alone]:
        _remove(policy, ids)


def _locked(rows):
    """Those of `rows` that are still alone once locked: whoever we waited for may have given one another contact."""
    keys = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(rows.filter(pk__in=keys).values_list("pk", flat=True))


def _remove(policy, ids):
    rows = policy.model._base_manager.filter(pk__in=among(ids)).order_by()
    for field in policy.model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            files.mark(rows, field.name)
    rows._raw_delete(rows.db)
    if policy.history:
        history.forget(policy, ids, [])
    changes = ArchivalChange.objects.filter(model=policy.label, object_id__in=among(ids))
    changes._raw_delete(changes.db)
