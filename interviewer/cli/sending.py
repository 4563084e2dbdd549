"""Asks in the terminal before an answer goes to a model's server: where to, at what cost."""

from interviewer.cli.terminal import Terminal
from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.wire import Estimate, GraderState


class Sending:
    """Knows which grader the candidate wants, and what was agreed to."""

    def __init__(self, client: Client, terminal: Terminal, wanted: GraderKind | None) -> None:
        self._client = client
        self._terminal = terminal
        self.grader = wanted
        """None leaves the choice to the service."""
        self._agreed = False

    def may_go(self, question_id: str, answer: str) -> bool:
        """Return whether the answer may be graded now; asks once for a server and model."""
        estimate = self._client.estimate(question_id, answer, grader=self.grader)
        if estimate.server is None or self._agreed:
            return True
        state = self._client.about().grader
        if state.consented and state.kind is GraderKind.LLM:
            return True
        self._terminal.say(_explained(estimate))
        chosen = self._terminal.choose(
            {"s": "send it", "o": "grade offline instead", "n": "not now"}
        )
        self._agreed = chosen == "s"
        if chosen == "s":
            self._client.consent(estimate.server, estimate.model)
        if chosen == "o":
            self.grader = GraderKind.OFFLINE
        return chosen != "n"

    def settle(self) -> bool:
        """Ask the same for a whole interview, before it begins; False when it is not to begin."""
        state = self._client.about().grader
        asks = state.kind is GraderKind.LLM and not state.consented
        if self.grader is GraderKind.OFFLINE or not asks:
            return True
        self._terminal.say(_where(state))
        chosen = self._terminal.choose(
            {"s": "agree", "o": "be graded offline instead", "n": "not now"}
        )
        if chosen == "s":
            self._client.consent(state.server or "", state.model)
        if chosen == "o":
            self.grader = GraderKind.OFFLINE
        return chosen != "n"


def _explained(estimate: Estimate) -> str:
    cost = (
        "its price is not known here"
        if estimate.cost_usd is None
        else f"about ${estimate.cost_usd:.4f}"
    )
    tokens = f"{estimate.input_tokens + estimate.output_tokens:,} tokens"
    return (
        f"Your answer goes to {estimate.server} for {estimate.model}: about {tokens} in "
        f"{estimate.calls} calls, {cost}. You are asked once for this server and model."
    )


def _where(state: GraderState) -> str:
    return (
        f"Your answers and what you ask the interviewer go to {state.server} for {state.model}. "
        "You are asked once for this server and model."
    )
