"""Background work of jobs; crm/celery.py says when. A message carries the number of a job, nothing else."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from crm.jobs import forgetting, reviving, running

logger = logging.getLogger(__name__)


@shared_task
def run_job(*, job_id, **_):
    """Accepts unknown arguments, so that a newer web process can talk to an older worker.

    What ends it early is logged here: Celery would log the message of the error too, which may quote a row.
    """
    try:
        running.run(job_id)
    except Exception as error:
        logger.error("job %s was broken off and will be sent again: %s", job_id, type(error).__name__, exc_info=True)


@shared_task
def revive_jobs(**_):
    for job_id in reviving.take_stalled():
        send(job_id)


@shared_task
def forget_jobs(**_):
    forgetting.forget_drafts()
    forgetting.forget_values()


def send(job_id, workers=1):
    """Tell the workers. A broker that cannot be reached delays a job, it does not lose it: reviving sends it again."""
    try:
        for _worker in range(workers):
            run_job.apply_async(kwargs={"job_id": job_id}, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("job %s could not be sent to the workers: %s", job_id, type(error).__name__)
