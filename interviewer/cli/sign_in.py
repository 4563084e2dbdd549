"""How people come in, checked before anything starts: nobody, a key, or an identity provider."""

import importlib.util
import ipaddress
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from interviewer.bootstrap import ui_key
from interviewer.errors import SetupError
from interviewer.settings import Auth, Settings

WANTED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
"""What Streamlit's `st.login` reads from the table `[auth]` of its secrets."""

_TABLE: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])


@dataclass(frozen=True)
class SignIn:
    """What the UI's process is told, by its arguments and its environment."""

    arguments: Sequence[str]
    environment: Mapping[str, str]


def refuse_open_door(chosen: Settings, host: str) -> None:
    """Raises: SetupError when everybody who reaches the host would be let in."""
    if chosen.auth is Auth.NONE and not is_loopback(host):
        raise SetupError(
            f"Without accounts the service listens on this machine alone, not on {host!r}; "
            "set INTERVIEWER_AUTH=keys or oidc, or leave --host out."
        )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def sign_in_of(chosen: Settings) -> SignIn:
    """Return how people come in at the UI. Raises: SetupError that says which part is missing."""
    told = {"INTERVIEWER_AUTH": chosen.auth.value}
    key = ui_key(chosen)
    if key is None:
        return SignIn((), told)
    if importlib.util.find_spec("authlib") is None:
        raise SetupError(
            "INTERVIEWER_AUTH=oidc needs Authlib for the UI; install it with "
            "`pip install 'interviewer[oidc]'`."
        )
    secrets = (chosen.ui_secrets or chosen.data_dir / "secrets.toml").absolute()
    table = _auth_table(secrets)
    missing = [name for name in WANTED if not table.get(name)]
    if missing:
        raise SetupError(
            f"{str(secrets)!r} lacks {', '.join(missing)} in its table [auth]; fill them in as "
            "your identity provider gave them to you."
        )
    return SignIn(("--secrets.files", str(secrets)), {**told, "INTERVIEWER_UI_KEY": key})


def _auth_table(path: Path) -> Mapping[str, object]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        return _TABLE.validate_python(written.get("auth", {}))
    except OSError as error:
        raise SetupError(
            f"INTERVIEWER_AUTH=oidc needs {str(path)!r} ({error.strerror}) with a table [auth]; "
            "docs/operations.md has an example, and INTERVIEWER_UI_SECRETS names another file."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError):
        raise SetupError(f"{str(path)!r} is no TOML file with a table [auth]; mend it.") from None
