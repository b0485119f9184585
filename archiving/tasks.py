from celery import shared_task

from archiving.erasure import files, stray_files


@shared_task
def remove_files(**_):
    """Accepts unknown arguments, so that a newer web process can talk to an older worker."""
    while files.remove_marked():
        pass


@shared_task
def remove_stray_files(**_):
    stray_files.remove()
