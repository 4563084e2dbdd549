"""The command `interviewer`: finds the verb, and turns errors into one sentence and a code.

A verb's module is imported when it is used, so that `grade` does not pay for what `serve` needs.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from interviewer.errors import GraderTrouble, InterviewerError
from interviewer.settings import Settings

VERBS = {
    "up": "Start the API and the UI, and print one address.",
    "serve": "Start the API alone.",
    "ui": "Start the UI alone.",
    "worker": "Start one more grading worker on the same PostgreSQL.",
    "grade": "Grade one answer and print the report.",
    "batch": "Grade many answers from a file into a file.",
    "questions": "List the question bank.",
    "check": "Check question files and prompts.",
    "new-question": "Write the scaffold of a question file.",
    "evaluate": "Measure how well a grader agrees with labels.",
    "practise": "Sit an interview in the terminal, or practise one question.",
    "export": "Write out all of your history.",
    "purge": "Delete all of your history.",
    "keys": "Create, list and revoke API keys.",
    "doctor": "Say what is configured, what is reachable, and what to mend.",
}

BAD_INPUT = 2
NOT_GRADED = 3


class Verbs(click.Group):
    """A group that imports the module of a verb when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"interviewer.cli.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="interviewer")
def interviewer() -> None:
    """Practise ML-infrastructure interviews; every point is backed by your own words."""


def settings() -> Settings:
    """Return the settings of this process's environment and the `.env` file where it stands."""
    return Settings.read(os.environ, Path.cwd())  # noqa: TID251 - the command line's only reading


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        # Without its standalone mode, click hands over the code of `context.exit` as a result.
        code: object = interviewer(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except InterviewerError as error:
        click.echo(str(error), err=True)
        sys.exit(NOT_GRADED if isinstance(error, GraderTrouble) else BAD_INPUT)
    sys.exit(code if isinstance(code, int) else 0)
