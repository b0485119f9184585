"""Who the office's mail to customers comes from (R82)."""

from crm.core.refusals import require
from portals.models import MailSender
from portals.rights import MANAGE


def set_sender(*, name, address, by):
    require(by, MANAGE)
    return MailSender.objects.create(name=name, address=address, by=by)
