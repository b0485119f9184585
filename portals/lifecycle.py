"""What archiving and erasing do to links with portals, accounts and the community."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from archiving.policies import (
    CHOICE,
    DATE,
    KEY,
    Anonymise,
    Blocker,
    ByChoice,
    Delete,
    Fence,
    Unlink,
    With,
    exempt,
    register,
)
from portals import models

register(
    models.PortalLink,
    path="relation",
    erase=Delete(),
    blockers=(
        Blocker(
            "PORTAL_LINK",  # R8
            ngettext_lazy("%(count)d link with a portal is live", "%(count)d links with a portal are live", "count"),
            _("a link with a portal is live"),
            when=Q(until=None),
            solve="portals:relation_portals",
            solve_many="portals:unlink_portals",
        ),
    ),
)
register(models.ContractantLink, path="relation", erase=Unlink(), fence=Fence.UPDATES)
# Fence: undoing puts tasks back where it can when the new relation has been archived since.
register(
    models.Relinking,
    path=("old_relation", "new_relation"),
    erase=Delete(),
    fence=Fence.UPDATES,
    told=False,
)
register(models.PortalAccount, path="relation", erase=Delete())  # R83
# Fence: what was being sent when the relation was archived still gets its outcome.
register(models.OutgoingMail, path="account__relation", erase=Delete(), fence=Fence.UPDATES, told=False)
register(models.TaskComment, path="relation", erase=Delete(files=("file",)))
register(
    models.CommunityPost,
    path="relation",
    archive=With(choice="community"),  # R77
    erase=ByChoice(
        "community",
        # The row stays, so that what others replied under it stays readable.
        delete=Anonymise(keep={"relation": KEY, "at": DATE, "archival": KEY}, scrub=("author_name", "text")),
        keep=Anonymise(keep={"relation": KEY, "at": DATE, "archival": KEY, "text": CHOICE}, scrub=("author_name",)),
    ),
    hard_delete_blockers={"ACTIVITIES": Q()},
)
register(models.Reaction, path="relation", archive=With(choice="community"), erase=Delete())

exempt("portals.Contractant", because="the code of an environment; which relation it was is ContractantLink")
exempt("portals.MailSender", because="name and address of the office itself")
exempt("portals.AccountType", because="a word of the office's vocabulary")
