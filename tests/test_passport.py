"""The UI's word for a person is believed for a minute, and only when it is the UI's."""

from datetime import timedelta

import jwt
import pytest

from interviewer import passport
from interviewer.errors import NotSignedIn, SetupError
from tests.fakes import FrozenClock

KEY = "k" * 48
ADA = "https://id.example ada"


def test_a_person_has_one_owner_wherever_they_sign_in() -> None:
    now = FrozenClock().now()
    first = passport.owner_of(passport.issue(ADA, KEY, now), KEY, now)
    later = now + timedelta(days=9)
    assert passport.owner_of(passport.issue(ADA, KEY, later), KEY, later) == first
    eve = passport.issue("https://id.example eve", KEY, now)
    assert passport.owner_of(eve, KEY, now) != first
    assert "ada" not in first


def test_a_token_is_worthless_soon_after() -> None:
    now = FrozenClock().now()
    token = passport.issue(ADA, KEY, now)
    late = now + passport.LIFETIME + passport.LEEWAY
    assert passport.owner_of(token, KEY, late - timedelta(seconds=1))
    for moment in (late, now - passport.LEEWAY - timedelta(seconds=1)):
        with pytest.raises(NotSignedIn):
            passport.owner_of(token, KEY, moment)


CLAIMS = {"iss": passport.ISSUER, "aud": passport.AUDIENCE, "sub": ADA}


@pytest.mark.parametrize(
    ("changed", "key", "algorithm"),
    [
        pytest.param({}, "another key that is long enough to sign with", "HS256", id="key"),
        pytest.param({"iss": "someone"}, KEY, "HS256", id="issuer"),
        pytest.param({"aud": "someone"}, KEY, "HS256", id="audience"),
        pytest.param({"sub": None}, KEY, "HS256", id="no-person"),
        pytest.param({"exp": 9e9}, KEY, "HS256", id="for-ever"),
        pytest.param({"exp": "soon"}, KEY, "HS256", id="no-time"),
        pytest.param({}, KEY + KEY, "HS512", id="algorithm"),
        pytest.param({}, "", "none", id="unsigned"),
    ],
)
def test_what_the_ui_did_not_sign_is_refused(
    changed: dict[str, str | float | None], key: str, algorithm: str
) -> None:
    now = FrozenClock().now()
    times = {"iat": now.timestamp(), "exp": now.timestamp() + 60}
    claims = {**CLAIMS, **times, **changed}
    kept = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(kept, key, algorithm=algorithm)
    with pytest.raises(NotSignedIn):
        passport.owner_of(token, KEY, now)


@pytest.mark.parametrize("key", [None, "", "short"])
def test_a_key_that_can_be_guessed_is_refused_with_the_way_to_make_one(key: str | None) -> None:
    with pytest.raises(SetupError, match=r"INTERVIEWER_UI_KEY.*secrets.token_urlsafe"):
        passport.check_key(key)
