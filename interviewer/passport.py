"""The short-lived token by which the UI tells the API who sits in front of it.

The UI has signed the person in at an identity provider; it signs who that is with a key that only
the two processes share (HS256, RFC 7519). The API believes nothing else about identity: no header,
no cookie, and no token that is older than a minute.
"""

import hashlib
from datetime import datetime, timedelta

import jwt
from jwt.exceptions import PyJWTError

from interviewer.errors import NotSignedIn, SetupError

ISSUER = "interviewer-ui"
AUDIENCE = "interviewer-api"
ALGORITHM = "HS256"
LIFETIME = timedelta(seconds=60)
"""One request's worth: the UI makes a new one for each."""
LEEWAY = timedelta(seconds=30)
"""How far the clocks of two machines may differ."""
SHORTEST_KEY = 32
"""Characters; RFC 7518, 3.2 wants a key as long as the hash."""


def check_key(key: str | None) -> str:
    """Return a key that can be signed with. Raises: SetupError."""
    if key is None or len(key) < SHORTEST_KEY:
        raise SetupError(
            "INTERVIEWER_AUTH=oidc needs INTERVIEWER_UI_KEY, the same for the API and the UI and "
            f"at least {SHORTEST_KEY} characters; make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    return key


def issue(person: str, key: str, now: datetime) -> str:
    """Return a token for a person, good for a minute."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": person,
        "iat": now.timestamp(),
        "exp": (now + LIFETIME).timestamp(),
    }
    return jwt.encode(claims, key, algorithm=ALGORITHM)


def owner_of(token: str, key: str, now: datetime) -> str:
    """Return whose rows the person of a token may see. Raises: NotSignedIn.

    The owner is a digest: who signs in is nowhere in the database.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            # The times are checked below, by a clock that is handed in.
            options={
                "require": ["exp", "iat", "sub", "iss", "aud"],
                "verify_exp": False,
                "verify_iat": False,
            },
        )
        made, ends = float(claims["iat"]), float(claims["exp"])
    except (PyJWTError, TypeError, ValueError):
        raise _refused() from None
    moment, leeway = now.timestamp(), LEEWAY.total_seconds()
    lives = ends - made <= LIFETIME.total_seconds()
    if not (lives and made - leeway <= moment < ends + leeway):
        raise _refused()
    return "oidc:" + hashlib.sha256(str(claims["sub"]).encode()).hexdigest()[:32]


def _refused() -> NotSignedIn:
    return NotSignedIn("The sign-in has run out or is not from this service's UI; sign in again.")
