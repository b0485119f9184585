"""Background work of jobs; crm/celery.py says when."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from crm.jobs import reviving, running

logger = logging.getLogger(__name__)


@shared_task
def run_job(*, job_id, **_):
    """Accepts unknown arguments, so that a newer web process can talk to an older worker."""
    running.run(job_id)


@shared_task
def revive_jobs(**_):
    for job_id in reviving.stalled():
        send(job_id)


def send(job_id):
    """Tell the workers. A broker that cannot be reached delays a job, it does not lose it: reviving sends it again."""
    try:
        run_job.apply_async(kwargs={"job_id": job_id}, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("job %s could not be sent to the workers: %s", job_id, type(error).__name__)
