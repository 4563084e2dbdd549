"""The image and the compose file, as far as they can be checked without an engine.

Every command is one of the command line's, every setting one of the settings, every file that is
copied exists, and the rules of thumb for images hold. Whether the image builds is not shown.
"""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml
from pydantic import TypeAdapter

from interviewer.cli.main import interviewer
from interviewer.domain.base import Model
from interviewer.settings import Settings, variable

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
KNOWN = {variable(field) for field in Settings.model_fields}
OURS = re.compile(r"\b(?:INTERVIEWER|OPENAI)_[A-Z_]+")


class Service(Model, extra="ignore"):
    """What the tests look at in a service of the compose file."""

    command: tuple[str, ...] = ()
    image: str = ""
    environment: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    volumes: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    depends_on: dict[str, dict[str, str]] = {}  # noqa: RUF012 - pydantic copies it


class Compose(Model, extra="ignore"):
    services: dict[str, Service]
    volumes: dict[str, None]


@pytest.fixture(scope="module")
def compose() -> Compose:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    return TypeAdapter(Compose).validate_python(yaml.safe_load(text))


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, continued lines joined."""
    joined = DOCKERFILE.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def accepted(command: tuple[str, ...]) -> bool:
    """Tell whether the command line knows the verb and all options."""
    context = click.Context(interviewer)
    verb = interviewer.get_command(context, command[0])
    if verb is None:
        return False
    verb.make_context(command[0], list(command[1:]))
    return True


def test_what_is_copied_into_the_image_exists() -> None:
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            for source in shlex.split(rest)[:-1]:
                assert (ROOT / source).exists(), source


def test_the_image_follows_the_rules_of_thumb() -> None:
    names = [name for name, _ in instructions()]
    given = dict(instructions())
    assert given["USER"] == "interviewer", "not as root"
    assert names.index("USER") > len(names) - 1 - names[::-1].index("RUN"), "USER after all RUN"
    assert all(
        ":" in rest and not rest.endswith(":latest") for n, rest in instructions() if n == "FROM"
    )
    assert "ADD" not in names
    assert given["ENTRYPOINT"].startswith("["), "signals reach the program, not a shell"
    assert "--require-hashes" in DOCKERFILE


def test_the_command_of_the_image_is_one_of_ours() -> None:
    given = dict(instructions())
    command = TypeAdapter(tuple[str, ...]).validate_json(given["CMD"])
    assert accepted(command)


def test_every_command_of_the_compose_file_is_one_of_ours(compose: Compose) -> None:
    for name in ("api", "worker", "ui"):
        assert accepted(compose.services[name].command), name


def test_every_setting_that_is_named_is_one(compose: Compose) -> None:
    text = DOCKERFILE + (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert set(OURS.findall(text)) <= KNOWN
    for name in ("api", "worker", "ui"):
        plain = {
            key: value
            for key, value in compose.services[name].environment.items()
            if "$" not in value
        }
        Settings.read(plain)


def test_the_services_name_each_other_and_their_volumes(compose: Compose) -> None:
    for name, service in compose.services.items():
        assert set(service.depends_on) <= set(compose.services), name
        assert {each.partition(":")[0] for each in service.volumes} <= set(compose.volumes), name
    host = compose.services["ui"].environment["INTERVIEWER_API_URL"]
    assert host == "http://api:8000"
    assert "api" in compose.services["api"].environment["INTERVIEWER_ALLOWED_HOSTS"].split(",")


def test_nothing_is_reachable_from_outside_but_the_page_on_this_host(compose: Compose) -> None:
    ports = [port for service in compose.services.values() for port in service.ports]
    assert ports == ["127.0.0.1:8501:8501"]
    assert compose.services["api"].environment["INTERVIEWER_AUTH"] == "keys"
