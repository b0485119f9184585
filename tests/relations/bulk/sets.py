"""A change of properties from the frozen set to its end, as the pages do it."""

from crm.jobs import confirming, freezing
from relations.bulk.properties import previewing
from relations.models import Relation


def draft(by, relations=None):
    return freezing.freeze(Relation.objects.all() if relations is None else relations, by=by, origin="uit filter Test")


def previewed(by, changes, relations=None):
    return previewing.preview(draft(by, relations), changes, form={}, by=by)


def changed(by, changes, relations=None):
    return confirming.confirm(previewed(by, changes, relations), by=by)


def put(value, how="set", **more):
    return {"how": how, "value": value, **more}


def cleared():
    return {"how": "clear"}


def outcomes(job):
    """{relation's key: (state, reason)}"""
    return {pk: (state, reason) for pk, state, reason in job.items.values_list("target", "state", "reason")}
