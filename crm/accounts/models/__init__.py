from crm.accounts.models.employees import Employee, EmployeeManager
from crm.accounts.models.grants import ErasingGrant
from crm.accounts.models.records import ChangeKind, EmployeeChange, SignIn, SignInMethod, SignInOutcome

__all__ = [
    "ChangeKind",
    "Employee",
    "EmployeeChange",
    "EmployeeManager",
    "ErasingGrant",
    "SignIn",
    "SignInMethod",
    "SignInOutcome",
]
