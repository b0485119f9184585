"""What customers write in the community; a post keeps its row (docs/decisions/0004)."""

from django.db import transaction
from django.utils import timezone

from portals.models import CommunityPost, Reaction, ReactionKind
from relations import keeping


def post(account, *, text):
    return CommunityPost.objects.create(
        relation_id=account.relation_id, author_name=author(account), text=text, at=timezone.now()
    )


def reply(about, account, *, text):
    return Reaction.objects.create(
        post=about,
        relation_id=account.relation_id,
        kind=ReactionKind.REPLY,
        author_name=author(account),
        text=text,
        at=timezone.now(),
    )


@transaction.atomic
def like(about, account):
    """Like it, or take that back; once a relation."""
    relation = keeping.active(account.relation_id)
    own = Reaction.objects.filter(post=about, relation=relation, kind=ReactionKind.LIKE)
    if not own.delete()[0]:
        Reaction.objects.create(post=about, relation=relation, kind=ReactionKind.LIKE, at=timezone.now())


def author(account):
    """Never the e-mail address: the others read it."""
    return account.name[:120] or "Klant"
