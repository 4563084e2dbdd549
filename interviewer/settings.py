"""All settings, read once from a mapping and checked."""

import difflib
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, Json, SecretStr, ValidationError

from interviewer.domain.base import Model
from interviewer.domain.grading import CallShape, Citation
from interviewer.domain.pricing import Price
from interviewer.errors import SetupError
from interviewer.logs import LogFormat

PREFIX = "INTERVIEWER_"
REQUESTS_OF_A_CALLER = 600
"""Ten a second; the UI asks for three at most, while a grading is under way."""
_OPENAI = ("OPENAI_API_KEY", "OPENAI_BASE_URL")


class GraderChoice(StrEnum):
    AUTO = "auto"
    OFFLINE = "offline"
    LLM = "llm"


class Auth(StrEnum):
    NONE = "none"
    KEYS = "keys"
    OIDC = "oidc"


def _folders(written: str | tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(map(Path, written.split(os.pathsep))) if isinstance(written, str) else written


def _names(written: str | tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(written, str):
        return written
    return tuple(name.strip() for name in written.split(",") if name.strip())


class Settings(Model):
    """Each field is the variable `INTERVIEWER_<FIELD>`, but for the two of the openai SDK."""

    openai_api_key: SecretStr | None = None
    """Key of the model's server (`OPENAI_API_KEY`)."""
    openai_base_url: str | None = None
    """Address of an OpenAI-compatible server (`OPENAI_BASE_URL`)."""
    grader: GraderChoice = GraderChoice.AUTO
    """`auto`: the LLM if a key or a base URL is set, else offline."""
    model: str | None = None
    """Name of the model; empty: a default for OpenAI, else the server's only model."""
    calls: CallShape = CallShape.DIMENSION
    """What one call covers: `dimension`, `answer` (cheapest) or `criterion` (for audits)."""
    votes: Annotated[int, Field(ge=1, le=9)] = 1
    """How many rulings an uncertain criterion gets; the majority decides."""
    evidence: Citation = Citation.NUMBERS
    """How the model shows evidence: by sentence `numbers`, or in `quotes`."""
    warm_cache: bool = False
    """Whether an answer's first call goes alone, so that the others find the provider's cache."""
    deadline_seconds: Annotated[float, Field(gt=0, le=3600)] = 120
    """Seconds after which a grading stops waiting for its model."""
    data_dir: Path = Field(default_factory=lambda: user_data_path("interviewer"))
    """Folder of the database and the drafts."""
    database_url: str | None = None
    """`sqlite:///path` or `postgresql://…`; empty: a SQLite file in `DATA_DIR`."""
    packs: Annotated[tuple[Path, ...], BeforeValidator(_folders)] = ()
    """Extra folders of questions, separated like `PATH`."""
    api_url: str = "http://127.0.0.1:8000"
    """Where the UI finds the API."""
    allowed_hosts: Annotated[tuple[str, ...], BeforeValidator(_names)] = ("127.0.0.1", "localhost")
    """Host names that the servers answer to, separated by commas."""
    auth: Auth = Auth.NONE
    """`none` (loopback only), `keys` or `oidc`."""
    ui_key: SecretStr | None = None
    """With `AUTH=oidc`: what the UI signs identities with, shared with the API alone."""
    ui_secrets: Path | None = None
    """With `AUTH=oidc`: Streamlit's secrets, with the table `[auth]`; empty: `secrets.toml` in
    `DATA_DIR`."""
    api_key: SecretStr | None = None
    """With `AUTH=keys`: the key that `export` and `purge` send to a running service."""
    api_requests_per_minute: Annotated[int, Field(ge=1)] | None = None
    """Requests that one caller may send in a minute; empty: 600, and no limit with `AUTH=none`."""
    max_answer_tokens: Annotated[int, Field(ge=1)] = 4000
    """Longest answer, in tokens."""
    budget_usd_per_day: Annotated[float, Field(ge=0)] | None = None
    """Stop calling the model when a day's calls have cost this much, in US dollars."""
    requests_per_minute: Annotated[int, Field(ge=1)] | None = None
    """The provider's limit on requests, shared by all workers."""
    tokens_per_minute: Annotated[int, Field(ge=1)] | None = None
    """The provider's limit on tokens, shared by all workers."""
    log: LogFormat = LogFormat.QUIET
    """What goes to stderr: `quiet` (trouble only), `text` or `json` (a line for each request and
    each grading)."""
    traces: bool = False
    """Send a span for each call of a model to `OTEL_EXPORTER_OTLP_ENDPOINT`; needs the extra
    `otel`."""
    prices: Json[dict[str, Price]] | dict[str, Price] = Field(default_factory=dict[str, Price])
    """JSON: `{"model": {"input": 0.4, "cached_input": 0.1, "output": 1.6}}`, US dollars per
    million tokens."""

    @classmethod
    def read(cls, environment: Mapping[str, str], folder: Path | None = None) -> Self:
        """Return the settings of an environment, with a folder's `.env` file beneath it.

        Raises: SetupError that names every variable that cannot be used.
        """
        written = {**_env_file(folder), **environment}
        ours = {name: value for name, value in written.items() if name.startswith(PREFIX)}
        faults = [_unknown(name) for name in ours if _field(name) not in cls.model_fields]
        if faults:
            raise SetupError(" ".join(faults))
        fields = {_field(name): value for name, value in ours.items() if value.strip()}
        fields |= {name.lower(): written[name] for name in _OPENAI if written.get(name)}
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise SetupError(_explain(error)) from None

    @property
    def wants_llm(self) -> bool:
        """Return whether gradings go to a model's server."""
        if self.grader is GraderChoice.AUTO:
            return bool(self.openai_api_key or self.openai_base_url)
        return self.grader is GraderChoice.LLM

    @property
    def requests_of_a_caller(self) -> int | None:
        """Return how many requests one caller may send in a minute; None for no limit."""
        if self.api_requests_per_minute is None and self.auth is not Auth.NONE:
            return REQUESTS_OF_A_CALLER
        return self.api_requests_per_minute

    @property
    def database(self) -> str:
        """Return the database's URL as the user wrote it, or that of the default file."""
        return self.database_url or f"sqlite:///{self.data_dir / 'interviewer.sqlite3'}"


def variable(field: str) -> str:
    """Return the name of the variable that sets a field."""
    name = field.upper()
    return name if name in _OPENAI else PREFIX + name


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _env_file(folder: Path | None) -> dict[str, str]:
    if folder is None:
        return {}
    values = dotenv_values(folder / ".env", encoding="utf-8")
    return {name: value for name, value in values.items() if value is not None}


def _unknown(name: str) -> str:
    known = [variable(field) for field in Settings.model_fields]
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else "see the README for the names."
    return f"There is no setting {name}; {hint}"


def _explain(error: ValidationError) -> str:
    faults = [
        f"{variable(str(fault['loc'][0]))} cannot be used: {fault['msg'].lower()}."
        for fault in error.errors()
    ]
    return " ".join(dict.fromkeys(faults))
