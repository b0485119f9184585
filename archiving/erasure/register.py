"""The register of erasures: each row carries the hash of the one before, so none can be changed or left out unseen."""

import hashlib
import json

from django.db import connection

from archiving import policies
from archiving.models import Erasure

LOCK = 4_119_104  # of the chain, for the length of the transaction


def enter(modes, *, by, at, reason, counts, retention_acknowledged):
    """One row a relation of `modes` {root id: mode}; returns {root id: Erasure}."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    previous = Erasure.objects.order_by("-pk").values_list("hash", flat=True).first() or ""
    policy, rows = policy_hash(), {}
    for root_id, mode in modes.items():
        row = Erasure(
            by=by,
            at=at,
            mode=mode,
            reason=reason,
            counts=counts,
            retention_acknowledged=retention_acknowledged,
            policy_hash=policy,
            previous_hash=previous,
        )
        previous = row.hash = hash_of(row)
        rows[root_id] = row
    Erasure.objects.bulk_create(rows.values())
    return rows


def hash_of(row):
    told = [
        str(row.uuid),
        str(row.subject),
        row.by_id,
        row.at.isoformat(),
        row.mode,
        row.reason,
        row.retention_acknowledged,
        row.counts,
        row.policy_hash,
        row.previous_hash,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def policy_hash():
    """Changes whenever an answer of a lifecycle.py changes."""
    told = sorted(f"{p.label} {p.paths} {p.erase!r} {p.references!r}" for p in policies.policies())
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def broken_at():
    """The first row whose hash does not fit, or None when the chain is whole."""
    previous = ""
    for row in Erasure.objects.order_by("pk").iterator():
        if row.previous_hash != previous or row.hash != hash_of(row):
            return row
        previous = row.hash
    return None
