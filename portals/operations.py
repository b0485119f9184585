"""What portals can do with a set of relations."""

from django.utils.translation import gettext_lazy as _

from crm.jobs.operations import Operation, Undo, register
from portals.accounts import operations as account_operations
from portals.linking import actions as portal_links
from portals.providers.interface import ERRORS
from portals.relinking import jobs as relinking_jobs
from portals.relinking.planning import PROBLEMS
from portals.relinking.undoing import REASONS
from relations.rights import CHANGE

__all__ = ["account_operations"]

register(
    Operation(
        key="unlink_portals",
        label=_("Unlink portals"),
        done_word=_("unlinked"),
        description=_("End the live links with Pinkweb, Creaim, Yob and other portals, so that archiving is possible."),
        permission=CHANGE,
        outside=portal_links.tell_portals,
        run=portal_links.unlink_all,
        start="portals:unlink_portals",
        order=60,
        is_final=True,
        reasons=ERRORS | {"LATER": _("the portals took too long: try again later")},
    )
)
register(
    Operation(
        key=relinking_jobs.KEY,
        label=_("Relink contractants"),
        done_word=_("relinked"),
        permission=CHANGE,
        run=relinking_jobs.run,
        with_values=True,
        reasons=PROBLEMS,
        undo=Undo(relinking_jobs.UNDOING, relinking_jobs.fill, relinking_jobs.mark),
    )
)
register(
    Operation(
        key=relinking_jobs.UNDOING,
        label=_("Undo relinking of contractants"),
        done_word=_("put back"),
        permission=CHANGE,
        run=relinking_jobs.run_undoing,
        with_values=True,
        reasons=REASONS,
    )
)
