"""The present spread and the sampled differences as a person reads them."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from crm.accounts.models import Employee
from crm.core.templatetags.formats import amount
from crm.jobs.models import ItemState
from crm.jobs.operations import reason_of
from relations.bulk.properties.fields import PROPERTIES, TAGS, label_of
from relations.bulk.properties.spread import spread
from relations.models import ERASED_NAME, Relation, Tag
from relations.record.history import FieldChange, written


@dataclass(frozen=True)
class Sample:
    """One relation of the preview and what changes in it."""

    relation: Relation
    fields: list[FieldChange]


def spread_texts(job):
    """{property or tag's key: text} of what the relations have now; three queries, whatever the number of relations."""
    found = spread(job)
    first = Relation.objects.filter(job_items__job=job).select_related("invoice_debtor").order_by("pk").first()
    managers = Employee.objects.in_bulk([pk for pk, _count in found["manager"]["most"]])
    texts = {each.name: _spread_text(each, found, first) for each in PROPERTIES.values() if each.name != "manager"}
    return texts | {"manager": _managers_text(found, managers)}, _tag_texts(found)


def _spread_text(each, found, first):
    counts, total = found[each.name], found["total"]
    if each.is_switch:
        return _("%(on)s yes, %(off)s no") % {"on": amount(counts["on"]), "off": amount(total - counts["on"])}
    if each.is_choice:
        labels = dict(each.model_field.flatchoices)
        return ", ".join(f"{amount(count)} {labels[value]}" for value, count in counts.items() if count)
    filled = counts["filled"]
    if not filled:
        return _("empty everywhere")
    if counts["same"] and filled == total and first:
        return _("everywhere: %(value)s") % {
            "value": written(
                each.model_field,
                getattr(first, each.model_field.attname),
                {Relation: {first.invoice_debtor_id: first.invoice_debtor}},
            )
        }
    parts = {"filled": amount(filled), "empty": amount(total - filled)}
    sentence = (
        _("(the same) %(filled)s filled in, %(empty)s empty")
        if counts["same"]
        else _("(different) %(filled)s filled in, %(empty)s empty")
    )
    return sentence % parts


def _managers_text(found, managers):
    counts = found["manager"]
    shown = [f"{amount(count)} {managers[pk]}" for pk, count in counts["most"] if pk in managers]
    others = counts["filled"] - sum(count for _pk, count in counts["most"])
    nobody = found["total"] - counts["filled"]
    shown += [_("%(count)s others") % {"count": amount(others)}] if others else []
    shown += [_("%(count)s empty") % {"count": amount(nobody)}] if nobody else []
    return ", ".join(shown)


def _tag_texts(found):
    total = found["total"]
    return defaultdict(
        lambda: _("%(on)s yes, %(off)s no") % {"on": 0, "off": amount(total)},
        {
            int(pk): _("%(on)s yes, %(off)s no") % {"on": amount(on), "off": amount(total - on)}
            for pk, on in found[TAGS].items()
        },
    )


def samples(job):
    """What changes in the relations of the sample, old → new; a fixed number of queries."""
    items = list(job.items.filter(pk__in=job.preview["sample"]).select_related("target").order_by("target__name", "pk"))
    names = _names(items)
    return [Sample(item.target, differences(item, names)) for item in items if item.before is not None]


def differences(item, names):
    """In the order of the form."""
    order = [*PROPERTIES, TAGS]
    found = []
    for name in sorted(item.after, key=lambda name: order.index(name) if name in order else len(order)):
        old, new = item.before.get(name), item.after[name]
        if name == TAGS:
            found += _of_tags(old, new, names)
        elif old != new:
            field = Relation._meta.get_field(name)
            found.append(FieldChange(label_of(name), _read(field, old, names), _read(field, new, names)))
    return found


def _of_tags(gone, come, names):
    yes, no = _("yes"), _("no")
    told = [(key, yes, no) for key in gone or []] + [(key, no, yes) for key in come or []]
    return [FieldChange(str(names[Tag].get(key, ERASED_NAME)), old, new) for key, old, new in told]


def _read(field, value, names):
    parsers = {"DateField": parse_date, "DateTimeField": parse_datetime}
    parse = parsers.get(field.get_internal_type())
    return written(field, parse(value) if parse and value else value, names)


def _names(items):
    """{model: {key: record}} of what the values point at, one query a model."""
    keys = defaultdict(set)
    models = {"manager": Employee, "invoice_debtor": Relation, TAGS: Tag}
    for item in items:
        for values in (item.before or {}, item.after or {}):
            for name in models.keys() & values.keys():
                keys[models[name]] |= set(values[name] if name == TAGS else [values[name]])
    return {model: model._base_manager.in_bulk(found - {None}) for model, found in keys.items()}


def outcome_counts(job):
    """(what changes, what is so already, what is skipped, [(why, how many)])"""
    counts, reasons = job.preview["counts"], job.preview["reasons"]
    skipped = sum(reasons.values())
    why = [(reason_of(job, code), count) for code, count in sorted(reasons.items(), key=lambda each: -each[1])]
    return counts.get(ItemState.WAITING, 0), counts.get(ItemState.UNCHANGED, 0), skipped, why
