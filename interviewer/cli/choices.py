"""Options whose values are those of an enumeration, written as everywhere else."""

from enum import StrEnum
from typing import TypeVar

import click

E = TypeVar("E", bound=StrEnum)


class OneOf(click.Choice[E]):
    """Takes the values of an enumeration (`system-design`), where click takes its names."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return str(choice)
