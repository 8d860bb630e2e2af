"""JWTs for the proxies that look into them: HS256, which needs no more than the standard library."""

import base64
import hashlib
import hmac
import json
import secrets
import time

ISSUER = "https://id.interop.test"
AUDIENCE = "orders"
KEY = secrets.token_bytes(32)
KEY_ID = "interop"


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwks():
    return json.dumps({"keys": [{"kty": "oct", "alg": "HS256", "kid": KEY_ID, "k": _base64url(KEY)}]})


def mint(key=KEY, **claims):
    now = int(time.time())
    payload = {"iss": ISSUER, "sub": "viewer", "aud": AUDIENCE, "iat": now - 60, "exp": now + 3600} | claims
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in ({"alg": "HS256", "typ": "JWT", "kid": KEY_ID}, payload)]
    signed = ".".join(map(_base64url, parts))
    return f"{signed}.{_base64url(hmac.digest(key, signed.encode(), hashlib.sha256))}"


MINTED = {
    "INTEROP_JWT": mint(),
    "INTEROP_JWT_EXPIRED": mint(exp=int(time.time()) - 600),
    "INTEROP_JWT_AUDIENCE": mint(aud="something-else"),
    "INTEROP_JWT_ISSUER": mint(iss="https://nobody.test"),
    "INTEROP_JWT_FORGED": mint(key=b"not the key that the proxy knows"),
}
