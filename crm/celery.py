"""Background work: the Celery application and its clock. Its settings are the CELERY_* of crm/settings.py."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

TRANSPORT_ALIASES["pgmq"] = "crm.core.broker:Transport"
app = Celery("crm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "send jobs again that nobody works on": {"task": "crm.jobs.tasks.revive_jobs", "schedule": 15},
    "forget what jobs need not keep": {"task": "crm.jobs.tasks.forget_jobs", "schedule": 3600},
    "forget sign-ins of long ago": {"task": "crm.accounts.tasks.forget_sign_ins", "schedule": 24 * 3600},
    "remove files of erased relations": {"task": "archiving.tasks.remove_files", "schedule": 60},
    "remove files that nothing names": {"task": "archiving.tasks.remove_stray_files", "schedule": 24 * 3600},
    "send mail that is due": {"task": "portals.mailing.sending.send_mails", "schedule": 60},
    "forget imports that nobody confirmed": {"task": "relations.tasks.purge_imports", "schedule": 3600},
}


@worker_init.connect
@beat_init.connect
def start_database(**_):
    """The queue may live on the private server, which Django's own connections would start too late."""
    if settings.EMBEDDED_POSTGRES:
        settings.EMBEDDED_POSTGRES.ensure()
