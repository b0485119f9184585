from django.contrib.auth.decorators import permission_required

from billing.actions.access import CHANGE, VIEW

may_view = permission_required(VIEW, raise_exception=True)
may_change = permission_required(CHANGE, raise_exception=True)
