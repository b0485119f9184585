"""Second steps of employees, made without a telephone or a fingerprint."""

import json
import secrets
import time
from hashlib import sha256

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

SITE = "testserver"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def code_app(employee):
    """The secret of a code app that has just been set up, with recovery codes."""
    secret = generate_totp_secret()
    TOTP.activate(employee, secret)
    RecoveryCodes.activate(employee)
    return secret


def recovery_codes(employee):
    return RecoveryCodes.activate(employee).get_unused_codes()


def code(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def passkey(employee):
    """The Authenticator of a passkey that was added before."""
    made = Passkey().create(websafe_encode(b"challenge"), employee)
    return Authenticator.objects.create(
        user=employee, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": made}
    )


def confirm(client, employee):
    """As somebody who gave the password a moment ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(employee.pk)
    session.save()


class Passkey:
    """Does what the device does: keeps a key, and signs what the site asks."""

    def __init__(self):
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)

    def create(self, challenge, employee):
        """What the browser sends of a new passkey."""
        self.owner = websafe_encode(user_pk_to_url_str(employee).encode())
        public = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(_site(), PRESENT | AuthenticatorData.FLAG.AT, 0, bytes(public))
        made = {"attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {})))}
        return self._sent(made | {"clientDataJSON": _told("webauthn.create", challenge)}, {"credProps": {"rk": True}})

    def get(self, challenge):
        """What the browser sends to sign in."""
        data, told = AuthenticatorData.create(_site(), PRESENT, 1), _told("webauthn.get", challenge)
        signature = self.key.sign(bytes(data) + sha256(_client(challenge)).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"authenticatorData": bytes(data), "signature": signature}
        signed = {name: websafe_encode(value) for name, value in parts.items()}
        return self._sent(signed | {"clientDataJSON": told, "userHandle": self.owner}, {})

    def _sent(self, response, extensions):
        key = websafe_encode(self.id)
        return {
            "id": key,
            "rawId": key,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }


def _site():
    return sha256(SITE.encode()).digest()


def _client(challenge, kind="webauthn.get"):
    return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{SITE}"}).encode()


def _told(kind, challenge):
    return websafe_encode(_client(challenge, kind))
