"""One question in the terminal: write, be graded, read, revise."""

from uuid import uuid4

from rich.console import RenderableType
from rich.panel import Panel
from rich.text import Text

from interviewer.cli.drafting import Drafting, Written
from interviewer.cli.reading import follow
from interviewer.cli.report import show
from interviewer.cli.sending import Sending
from interviewer.cli.terminal import Terminal
from interviewer.client import Client
from interviewer.domain.grading import GraderKind, Grading, Status
from interviewer.domain.report import notes
from interviewer.errors import InterviewerError
from interviewer.wire import QuestionDetail

LEAVE = "q"


def asked(question: QuestionDetail) -> RenderableType:
    """Return the question as it is put to the candidate."""
    body = Text(question.prompt)
    body.append("\n\nGraded on: ", style="dim")
    body.append(", ".join(each.title for each in question.dimensions), style="dim")
    facts = f"{question.topic} · {question.difficulty} · {question.minutes} min"
    return Panel(body, title=Text(question.title), subtitle=Text(facts), padding=(1, 2))


class Desk:
    """Practises one question for as long as the candidate likes."""

    def __init__(
        self, client: Client, terminal: Terminal, drafting: Drafting, sending: Sending
    ) -> None:
        self._client = client
        self._terminal = terminal
        self._drafting = drafting
        self._sending = sending
        self._handed: tuple[str, str] = ("", "")
        """The last answer that was sent, and its key: sending it twice is one attempt."""

    def practise(self, question_id: str) -> None:
        """Ask the question and go on until the candidate leaves. Raises: NotFound."""
        question = self._client.question(question_id)
        self._terminal.show(asked(question))
        hints, last, answer = 0, None, ""
        while (chosen := self._terminal.choose(_options(question, hints, last))) != LEAVE:
            try:
                if chosen == "h":
                    self._terminal.say(question.hints[hints].text, "cyan")
                    hints += 1
                elif chosen == "g" and last is not None:
                    last = self._again(question, last)
                else:
                    last, answer = self._write(question, last, answer)
            except InterviewerError as error:
                self._terminal.say(str(error), "yellow")
                self._terminal.say(f"Your draft is safe: {self._drafting.where(question.id)}")

    def _write(
        self, question: QuestionDetail, last: Grading | None, answer: str
    ) -> tuple[Grading | None, str]:
        written = self._drafting.write(
            question.id, _below(question, last), draft_id=question.id, start=answer
        )
        if not written.text:
            self._terminal.say("Nothing was written, so there is nothing to grade.", "yellow")
            return last, answer
        if last is not None and written.text == answer:
            self._drafting.done(question.id)
            self._terminal.say("The answer is as it was, so it was not graded again.", "yellow")
            return last, answer
        if not self._sending.may_go(question.id, written.text):
            self._terminal.say(f"Not sent. Your draft: {self._drafting.where(question.id)}")
            return last, answer
        return self._hand_in(question, written, last), written.text

    def _hand_in(self, question: QuestionDetail, written: Written, last: Grading | None) -> Grading:
        if self._handed[0] != written.text:
            self._handed = (written.text, str(uuid4()))
        grading = self._client.grade(
            question.id,
            written.text,
            idempotency_key=self._handed[1],
            seconds=written.seconds,
            revises=None if last is None else last.attempt_id,
            grader=self._sending.grader,
        )
        self._drafting.done(question.id)
        return self._read(question, grading, last)

    def _again(self, question: QuestionDetail, last: Grading) -> Grading:
        """Grade the same answer again, offline where the model failed."""
        grading = self._client.regrade(last.id, grader=GraderKind.OFFLINE)
        return self._read(question, grading, last)

    def _read(self, question: QuestionDetail, grading: Grading, last: Grading | None) -> Grading:
        grading = follow(self._client, self._terminal, grading, len(question.dimensions))
        show(self._terminal.console, question.title, grading)
        if last is not None:
            self._terminal.say(_change(last, grading), "bold")
        return grading


def _options(question: QuestionDetail, hints: int, last: Grading | None) -> dict[str, str]:
    if last is None:
        options = {"w": "write your answer"}
        if hints < len(question.hints):
            options["h"] = "see a hint"
    else:
        options = {"r": "revise your answer"}
        if last.status is not Status.GRADED and last.grader.kind is GraderKind.LLM:
            options["g"] = "grade it offline"
    return {**options, LEAVE: "leave"}


def _below(question: QuestionDetail, last: Grading | None) -> str:
    """Return what stands below the answer in the editor: the question, or the last notes."""
    told = f"{question.title}\n\n{question.prompt}"
    if last is None:
        return told
    return "\n".join((told, "", "What was missing last time:", *notes(last)))


def _change(before: Grading, now: Grading) -> str:
    if before.score is None or now.score is None or before.grader.kind is not now.grader.kind:
        return "There is no earlier score to compare with."
    change = now.score.percent - before.score.percent
    return f"{change:+.1f} points since your last answer."
