"""Says on stderr where an answer is about to go and what that costs, before anything is sent."""

import click

from interviewer.domain.grading import GraderIdentity, GraderKind, Usage
from interviewer.settings import Settings


def announce(
    chosen: Settings, identity: GraderIdentity, expected: Usage | None = None, *, each: bool = False
) -> None:
    """Name server, model and expected cost; say nothing where nothing leaves the machine.

    Args:
        chosen: The settings.
        identity: The grader.
        expected: What the first answer should take, where that is known.
        each: Whether more answers of its kind follow.
    """
    if identity.kind is not GraderKind.LLM:
        return
    server = chosen.openai_base_url or "https://api.openai.com/v1"
    what = "questions and answers" if each else "the question and the answer"
    cost = f", {_cost(expected)}{' an answer' if each else ''}" if expected else ""
    click.echo(f"Sending {what} to {identity.model} at {server}{cost}.", err=True)


def _cost(expected: Usage) -> str:
    tokens = f"about {expected.input_tokens + expected.output_tokens:,} tokens"
    if expected.cost_usd is None:
        return f"{tokens} at an unknown price (INTERVIEWER_PRICES can add it)"
    return f"{tokens}, ${expected.cost_usd:.4f}"
