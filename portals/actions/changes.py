"""What customers tell about themselves: a message to the office, which changes the data."""

from django.utils import timezone
from django.utils.translation import gettext as _

from relations.models import Message, MessageDirection


def ask(account, *, text):
    message = Message(
        relation_id=account.relation_id,
        direction=MessageDirection.IN,
        subject=_("Change of data, from the customer portal"),
        body=text,
        at=timezone.now(),
    )
    message._history_user = None  # no employee, also when one is signed in with the same browser
    message.save()
    return message
