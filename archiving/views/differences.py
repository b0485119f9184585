"""What differs between the plan somebody was shown and the plan as it is now, in sentences (B2)."""

from django.core import signing
from django.utils.translation import gettext as _

SALT = "archiving.plan"


def snapshot(plan):
    """Travels in the form, signed: counts only, no name of a relation."""
    return signing.dumps({"counts": _counts(plan), "asked": _asked(plan)}, salt=SALT, compress=True)


def differences(shown, plan):
    """Sentences, one a difference; none when `shown` is not a snapshot of ours."""
    try:
        before = signing.loads(shown, salt=SALT)
    except signing.BadSignature:
        return []
    return [*_changed(before["counts"], _counts(plan)), *_newly_asked(before["asked"], _asked(plan))]


def _counts(plan):
    counts = {f"{effect.label} ({effect.verb.label})": effect.count for effect in plan.effects}
    return {_("Relations that can go on"): plan.can, **counts, _("Documents"): plan.file_count}


def _asked(plan):
    return [str(question.sentence) for question in plan.questions]


def _changed(before, now):
    for label in {**before, **now}:
        was, is_ = before.get(label, 0), now.get(label, 0)
        if was != is_:
            yield _("%(label)s: now %(now)d, it was %(before)d.") % {"label": label, "now": is_, "before": was}


def _newly_asked(before, now):
    for sentence in now:
        if sentence not in before:
            yield _("Asked now: %(question)s.") % {"question": sentence}
