"""Background work of relations; crm/celery.py says when."""

from celery import shared_task

from relations.importing import intake


@shared_task
def purge_imports(**_):
    """Forget files that were read but not imported within a day."""
    return intake.purge_stale()
