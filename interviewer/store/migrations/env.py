"""Runs the migrations on the connection that `upgrading` hands over; Alembic calls this file."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.sql.schema import SchemaItem

from interviewer.store.tables import PREFIX, Base
from interviewer.store.upgrading import VERSION_TABLE


def ours(
    item: SchemaItem,
    name: str | None,
    kind: Literal[
        "schema",
        "table",
        "column",
        "index",
        "unique_constraint",
        "foreign_key_constraint",
        "check_constraint",
    ],
    reflected: bool,
    compared: SchemaItem | None,
) -> bool:
    """Leave the durable engine's tables alone."""
    return kind != "table" or (name or "").startswith(PREFIX)


connection = context.config.attributes["connection"]
assert isinstance(connection, Connection)
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_object=ours,
    include_schemas=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
