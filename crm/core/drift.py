"""What was shown and what is so now: a form sends back the digest of what it showed, and only that is done (B2)."""

import hashlib
import json

from django.utils.translation import gettext as _

from crm.core.refusals import Refusal


class Drifted(Refusal):
    """It is not what was shown any more, so nothing was done; `plan` is how it would be now."""

    code = "PLAN_CHANGED"

    def __init__(self, plan):
        super().__init__(_("Something changed since this was shown. Nothing was done; please look again and confirm."))
        self.plan = plan


def digest(told):
    """64 characters that are the same for the same `told`: numbers, texts, lists and dicts; the rest as its text."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def refuse_drift(plan, expected):
    """Drifted unless `plan` has the fingerprint that was shown."""
    if plan.fingerprint != expected:
        raise Drifted(plan)
