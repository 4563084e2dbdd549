"""Warm-ups over HTTP."""

from interviewer.client.connection import Connection
from interviewer.domain.base import QuestionId
from interviewer.wire import WarmUpCard, WarmUpChoice, WarmUpPage, WarmUpVerdict


class WarmUps:
    """Runs of warm-ups; a seed names a run."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, seed: str, *, topic: str | None = None, limit: int = 5) -> tuple[WarmUpCard, ...]:
        """Return the warm-ups of a run in its order."""
        query = {"seed": seed, "topic": topic, "limit": limit}
        return self._connection.ask("GET", "/v1/warm-ups", WarmUpPage, query=query).items

    def choose(self, seed: str, question_id: QuestionId | str, place: int) -> WarmUpVerdict:
        """Choose the option at a place; asking again returns the verdict on the first choice."""
        return self._connection.ask(
            "POST",
            f"/v1/warm-ups/{question_id}/choices",
            WarmUpVerdict,
            body=WarmUpChoice(seed=seed, choice=place),
        )
