"""Pages of allauth at our addresses: coming in without being signed in yet, and one's own account. The names are
allauth's, which finds its pages by them; a page of it that is not here cannot be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from crm.accounts.views import entry

urlpatterns = [
    path("aanmelden/", entry.sign_in, name="account_login"),
    path("aanmelden/code/", mfa.authenticate, name="mfa_authenticate"),
    path("aanmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("afmelden/", entry.sign_out, name="account_logout"),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/gekozen/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/", mfa.index, name="mfa_index"),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("account/sessies/", sessions.list_usersessions, name="usersessions_list"),
    path("account/bevestiging/", account.reauthenticate, name="account_reauthenticate"),
    path("account/bevestiging/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/bevestiging/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/code-app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/code-app/verwijdering/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/herstelcodes/bestand/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/nieuw/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/verwijdering/", entry.passkey_removal, name="mfa_remove_webauthn"),
]
