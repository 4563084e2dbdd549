"""`interviewer keys`: creates, lists and revokes API keys."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from interviewer.bootstrap import open_accounts
from interviewer.cli.choices import OneOf
from interviewer.cli.main import settings
from interviewer.service.accounts import Accounts, Key, Scope

Result = TypeVar("Result")


@click.group("keys", epilog="Example: interviewer keys create laptop --owner ada --scope practise")
def command() -> None:
    """Create, list and revoke API keys (INTERVIEWER_AUTH=keys)."""


@command.command("create", epilog="Example: interviewer keys create laptop --owner ada")
@click.argument("name")
@click.option("--owner", required=True, help="Whose attempts the key reads and writes.")
@click.option("--scope", "scopes", multiple=True, type=OneOf(Scope), default=(Scope.PRACTISE,))
def create(name: str, owner: str, scopes: tuple[Scope, ...]) -> None:
    """Make a key and print it, this once."""
    click.echo(_with(lambda accounts: accounts.create(name, owner, scopes)))
    click.echo("Keep it now: only its hash is stored.", err=True)


@command.command("list", epilog="Example: interviewer keys list")
def show() -> None:
    """List all keys, without the keys themselves."""
    for key in _with(lambda accounts: accounts.keys()):
        click.echo(_line(key))


@command.command("revoke", epilog="Example: interviewer keys revoke 3f9a0c1b2d4e")
@click.argument("key_id")
def revoke(key_id: str) -> None:
    """Make a key worthless."""
    _with(lambda accounts: accounts.revoke(key_id))
    click.echo(f"Revoked {key_id}.", err=True)


def _line(key: Key) -> str:
    state = "revoked" if key.revoked_at else "in use"
    scopes = ",".join(sorted(key.scopes))
    return f"{key.id}  {key.owner}  {key.name}  {scopes}  {key.created_at:%Y-%m-%d}  {state}"


def _with(use: Callable[[Accounts], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with open_accounts(settings()) as accounts:
            return await use(accounts)

    return asyncio.run(run())
