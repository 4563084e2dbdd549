"""Talks with a candidate in a terminal; whatever anybody typed is printed as plain text."""

from collections.abc import Callable, Mapping

import click
from rich.console import Console, RenderableType
from rich.text import Text

Read = Callable[[str], str]
"""Shows a prompt and returns the line that is typed. Raises: click.Abort at its end."""


def read_line(prompt: str) -> str:
    """Return what is typed; an empty line is an answer too."""
    line: str = click.prompt(prompt, default="", show_default=False)
    return line


class Terminal:
    """Says and asks."""

    def __init__(self, console: Console, read: Read = read_line) -> None:
        self.console = console
        self._read = read

    def say(self, words: str, style: str = "") -> None:
        """Print words, wrapped to the window."""
        self.console.print(Text(words, style=style))

    def show(self, *drawn: RenderableType) -> None:
        """Print what is laid out already."""
        for each in drawn:
            self.console.print(each)

    def ask(self, prompt: str) -> str:
        """Return what the candidate types, without the space around it."""
        return self._read(prompt).strip()

    def choose(self, options: Mapping[str, str]) -> str:
        """Return the key of the option that is chosen; an empty line chooses the first."""
        line = Text()
        for key, words in options.items():
            line.append(f"{key} ", style="bold cyan").append(f"{words}   ")
        first = next(iter(options))
        while True:
            self.console.print(line)
            typed = self.ask(f"Choice [{first}]").lower() or first
            if typed in options:
                return typed
            self.say(f"Type one of {', '.join(options)}.", "yellow")
