"""Background work of portals; crm/celery.py says when."""

from portals.mailing.sending import send_mails

__all__ = ["send_mails"]
