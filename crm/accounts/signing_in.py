"""The record of who signed in, when, how, and what came of it."""

from crm.accounts.models import Employee, SignIn, SignInMethod, SignInOutcome

SECOND_STEPS = {
    "totp": SignInMethod.CODE,
    "recovery_codes": SignInMethod.RECOVERY,
    "webauthn": SignInMethod.KEY,
}


def signed_in(employee, steps):
    """`steps`: what allauth noted down of this sign-in, the last first step and second step in it."""
    SignIn.objects.create(employee=employee, method=method_of(steps), outcome=SignInOutcome.IN)


def refused(employee, method=SignInMethod.PASSWORD, outcome=SignInOutcome.REFUSED):
    """`employee` may be None: the address belongs to nobody."""
    SignIn.objects.create(employee=employee, method=method, outcome=outcome)


def refused_address(email, outcome=SignInOutcome.REFUSED):
    refused(Employee.objects.filter(email__iexact=email).first(), outcome=outcome)


def method_of(steps):
    second = next((step for step in reversed(steps) if step["method"] == "mfa"), None)
    if second is None:
        return SignInMethod.PASSWORD
    return SignInMethod.PASSKEY if second.get("passwordless") else SECOND_STEPS[second["type"]]
