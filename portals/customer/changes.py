"""What customers tell about themselves: a message to the office, which changes the data."""

from django.utils import timezone
from django.utils.translation import gettext as _

from relations import keeping
from relations.models import Message, MessageDirection


def ask(account, *, text):
    message = Message(
        relation_id=account.relation_id,
        direction=MessageDirection.IN,
        subject=_("Change of data, from the customer portal"),
        body=text,
        at=timezone.now(),
    )
    return keeping.save(message, by=None)
