"""What one may do with accounts of customers; crm/accounts/roles.py says which role may what."""

from relations.rights import may

MANAGE = "portals.manage_accounts"
CHANGE_TYPES = "portals.change_accounttype"

may_manage = may(MANAGE)
