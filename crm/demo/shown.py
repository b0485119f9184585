"""The first relations show one state each; these are their places (relation 10001 is place 1)."""

BLOCKED = range(1, 13)
RESTORED = 13
PROSPECTS = (14, *range(33, 37))
BARE = PROSPECTS  # nothing has happened with them yet: these can really be deleted (R88)
RESTRICTED = 15
ARCHIVED = range(16, 33)
ERASED = range(33, 41)  # the bare ones are deleted, the others anonymised
SHOWN = 40

# The archive as it grew: a relation every so many days, and one so long ago that its due diligence may go.
DAYS_BETWEEN = 41
LONG_AGO = 366 * 6
