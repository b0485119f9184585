"""How employees come in, as far as it is the same in every place; taken over by crm/settings.py."""

# --- who may come in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Employee"
AUTHENTICATION_BACKENDS = [
    "crm.accounts.backends.RolesBackend",
    "crm.accounts.backends.ErasingGrantBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that a link to choose a password works

# --- what allauth does here, and what not -----------------------------------------------------------------------------
FORMS = "crm.accounts.forms.entry"
ACCOUNT_ADAPTER = "crm.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.SignInForm",
    "reset_password": f"{FORMS}.ForgottenForm",
    "reset_password_from_key": f"{FORMS}.NewPasswordForm",
    "change_password": f"{FORMS}.OwnPasswordForm",
    "reauthenticate": f"{FORMS}.ConfirmForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators fill addresses in, and the link in the invitation proves them
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses of others
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,10/300s/key", "reset_password": "20/m/ip,3/h/key"}
MFA_ADAPTER = "crm.accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": f"{FORMS}.CodeForm",
    "authenticate_webauthn": f"{FORMS}.KeyForm",
    "reauthenticate": f"{FORMS}.ConfirmCodeForm",
    "activate_totp": f"{FORMS}.CodeAppForm",
    "add_webauthn": f"{FORMS}.PasskeyForm",
    "edit_webauthn": f"{FORMS}.PasskeyNameForm",
    "reauthenticate_webauthn": f"{FORMS}.ConfirmKeyForm",
    "login_webauthn": f"{FORMS}.PasskeyEntryForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a code that has just gone by is still right
