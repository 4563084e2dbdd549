"""`interviewer new-question`: writes the scaffold of a question file."""

from pathlib import Path

import click

from interviewer.catalog.scaffolding import write_scaffold


@click.command(
    "new-question",
    epilog="Example: interviewer new-question cache-predictions --topic model-serving",
)
@click.argument("question_id", metavar="ID")
@click.option("--topic", default="model-serving", show_default=True, metavar="ID")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("my-questions"),
    show_default=True,
    help="Your pack's folder.",
)
def command(question_id: str, topic: str, folder: Path) -> None:
    """Write a complete small question to FOLDER/TOPIC/ID.yaml, to be rewritten as your own."""
    path = write_scaffold(question_id, topic, folder)
    click.echo(f"Wrote {path}. Next: edit it, then `interviewer check {folder}`,")
    click.echo(f"then `INTERVIEWER_PACKS={folder} interviewer up` to practise it.")
