"""Whose history the command line speaks of, and the key by which a running service knows it."""

import click

from interviewer.settings import Settings

OWNER = click.option(
    "--owner", help="Whose history, as `keys list` names them; read from the database itself."
)


def api_key(chosen: Settings) -> str | None:
    """Return the key to send to a running service; None where it asks for none."""
    return None if chosen.api_key is None else chosen.api_key.get_secret_value()
