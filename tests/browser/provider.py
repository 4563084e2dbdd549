"""A scripted OpenID provider on loopback: it lets in, at once, whoever it is told to.

Only what Streamlit's login asks for: discovery, the authorization code flow, and signed id tokens
(OpenID Connect Core 1.0, 3.1).
"""

import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse
from jwt.algorithms import RSAAlgorithm
from pydantic import JsonValue

CLIENT_ID = "interviewer"
CLIENT_SECRET = "told-at-registration"
KEY_ID = "one"


@dataclass
class Provider:
    """Signs in `person`, and remembers the nonce that each code was given for."""

    person: str = "ada"
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    codes: dict[str, str] = field(default_factory=dict[str, str])

    def app(self) -> FastAPI:
        """Return the provider as an application."""
        app = FastAPI()
        app.add_api_route("/health/ready", lambda: True)
        app.add_api_route("/.well-known/openid-configuration", self.discovery)
        app.add_api_route("/authorize", self.authorize)
        app.add_api_route("/token", self.token, methods=["POST"])
        app.add_api_route("/jwks", self.keys)
        return app

    def discovery(self, request: Request) -> dict[str, JsonValue]:
        """Say where everything is."""
        issuer = str(request.base_url).rstrip("/")
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, redirect_uri: str, state: str, nonce: str = "") -> RedirectResponse:
        """Send the browser back with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = nonce
        query = urlencode({"code": code, "state": state})
        return RedirectResponse(f"{redirect_uri}?{query}", status_code=302)

    def token(self, request: Request, code: str = Form()) -> dict[str, JsonValue]:
        """Give an id token for a code, once."""
        now = int(time.time())
        claims = {
            "iss": str(request.base_url).rstrip("/"),
            "sub": self.person,
            "aud": CLIENT_ID,
            "nonce": self.codes.pop(code),
            "name": self.person.title(),
            "iat": now,
            "exp": now + 300,
        }
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }

    def keys(self) -> dict[str, JsonValue]:
        """Return the public key."""
        public: dict[str, JsonValue] = dict(
            RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        )
        return {"keys": [{**public, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}
