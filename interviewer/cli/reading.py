"""Follows a grading in the terminal until it has ended."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from interviewer.cli.terminal import Terminal
from interviewer.client import Client
from interviewer.domain.grading import Grading
from interviewer.wire import DimensionEvent, DoneEvent


def follow(client: Client, terminal: Terminal, grading: Grading, dimensions: int) -> Grading:
    """Return the finished grading; a bar says how many of its dimensions are done."""
    columns = (TextColumn("Reading your answer"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=terminal.console, transient=True) as progress:
        task = progress.add_task("", total=dimensions)
        for event in client.events(grading.id):
            if isinstance(event, DimensionEvent):
                progress.advance(task)
            elif isinstance(event, DoneEvent):
                grading = event.data
    return grading
