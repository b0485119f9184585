"""The engine answers for its own tables too."""

from archiving import models
from archiving.policies import DATE, KEY, STAFF, STATUS, Anonymise, Delete, Fence, exempt, register
from crm.jobs.models import JobItem

register(
    models.Archival,
    path="root",
    erase=Anonymise(
        keep={
            "root": KEY,
            "by": STAFF,
            "at": DATE,
            "reason": STATUS,
            "restored_by": STAFF,
            "restored_at": DATE,
        },
        scrub=("note",),
    ),
    fence=Fence.OPEN,
    told=False,
)
register(models.ArchivalChange, path="archival__root", erase=Delete(), fence=Fence.OPEN, told=False)

register(JobItem, path="target", erase=Delete(), fence=Fence.NONE, told=False)

exempt("jobs.Job", because="counts, codes and an office's question without what was searched for; see JobItem")
exempt("archiving.Erasure", because="the register: counts and hashes only, nothing that says who it was")
exempt("archiving.Tombstone", because="keys of relations that are gone: they lead nowhere")
exempt("guardian.UserObjectPermission", because="not used: rights on relations have direct keys")
exempt("guardian.GroupObjectPermission", because="not used: rights on relations have direct keys")

exempt("archiving.RetiredNumber", because="keyed hashes, which nobody can read")
exempt("archiving.FileRemoval", because="random paths of files that are going")
exempt("archiving.KeptFile", because="random paths of files that stay on purpose")
exempt(
    "sessions.Session",
    because="what an employee ticked last, which account a customer has; goes when it ends",
)
exempt("contenttypes.ContentType", because="names of tables")

STAFF_OR_VOCABULARY = "staff, roles or words of the office: nothing of a relation"
EMPLOYEES = ("accounts.Employee", "accounts.EmployeeChange", "accounts.ErasingGrant", "accounts.SignIn")
ALLAUTH = ("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "usersessions.UserSession")
for label in (*EMPLOYEES, *ALLAUTH, "auth.Permission", "auth.Group"):
    exempt(label, because=STAFF_OR_VOCABULARY)
