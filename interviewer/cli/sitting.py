"""An interview in the terminal: the same room as in the browser, and no score before its end."""

from interviewer.cli.drafting import Drafting
from interviewer.cli.interview_report import show_report
from interviewer.cli.reading import follow
from interviewer.cli.sending import Sending
from interviewer.cli.terminal import Terminal
from interviewer.client import Client
from interviewer.clock import Clock
from interviewer.domain.interview import StepState
from interviewer.errors import InterviewerError
from interviewer.wire import InterviewRequest, InterviewRoom, RoomStep

LEAVE = "q"


class Sitting:
    """Sits interviews; leaving the terminal leaves the room as it is."""

    def __init__(
        self,
        client: Client,
        terminal: Terminal,
        drafting: Drafting,
        sending: Sending,
        clock: Clock,
    ) -> None:
        self._client = client
        self._terminal = terminal
        self._drafting = drafting
        self._sending = sending
        self._clock = clock

    def sit(self, wanted: InterviewRequest) -> None:
        """Go on with the interview that is open, or start one; show its report at the end."""
        room = self._open() or self._start(wanted)
        shown = ""
        while room is not None and not room.over:
            shown = self._put(room, shown)
            room = self._move(room)
        if room is not None:
            self._report(room)

    def _open(self) -> InterviewRoom | None:
        for each in self._client.interviews.newest(limit=1):
            room = None if each.over else self._client.interviews.room(each.id)
            if room is not None and not room.over:
                self._terminal.say(f"An interview is open, {self._left(room)}.")
                if self._terminal.choose({"c": "continue it", "n": "begin a new one"}) == "c":
                    return room
        return None

    def _start(self, wanted: InterviewRequest) -> InterviewRoom | None:
        if not self._sending.settle():
            return None
        wanted = wanted.model_copy(update={"grader": self._sending.grader})
        room = self._client.interviews.start(wanted)
        self._terminal.say(
            f"{len(room.steps)} to answer, {self._left(room)}. You may ask the interviewer and "
            "take hints; each answer is followed up once; there is no score until the end."
        )
        return room

    def _left(self, room: InterviewRoom) -> str:
        minutes = (room.deadline - self._clock.now()).total_seconds() / 60
        return f"{max(0, minutes):.0f} minutes left"

    def _put(self, room: InterviewRoom, shown: str) -> str:
        """Put the question or the follow-up, once; return what is shown now."""
        step = room.steps[room.place]
        words = step.follow_up if step.state is StepState.FOLLOW_UP else step.prompt
        if words and words != shown:
            place = f"Question {room.place + 1} of {len(room.steps)}"
            title = f"{place}, follow-up" if step.state is StepState.FOLLOW_UP else place
            self._terminal.say(f"\n{title} · {self._left(room)}", "cyan")
            self._terminal.say(words, "bold")
            if step.state is StepState.FOLLOW_UP and step.follow_up_note:
                self._terminal.say(step.follow_up_note, "dim")
        return words or shown

    def _move(self, room: InterviewRoom) -> InterviewRoom | None:
        """Do what the candidate wants next; None when they leave."""
        step = room.steps[room.place]
        if step.state is StepState.READING and step.grading_id is not None:
            follow(self._client, self._terminal, self._client.grading(step.grading_id), 0)
            return self._client.interviews.room(room.id)
        chosen = self._terminal.choose(_options(step))
        if chosen == LEAVE:
            self._terminal.say("The clock runs on; `interviewer practise` leads back to the room.")
            return None
        try:
            return self._do(room, step, chosen)
        except InterviewerError as error:
            self._terminal.say(str(error), "yellow")
            return self._client.interviews.room(room.id)

    def _do(self, room: InterviewRoom, step: RoomStep, chosen: str) -> InterviewRoom:
        if chosen == "a":
            asked = self._terminal.ask("Your question")
            if not asked:
                return room
            room = self._client.interviews.clarify(room.id, asked)
            exchange = room.steps[room.place].exchanges[-1]
            self._terminal.say(exchange.replied, "cyan")
            if exchange.note:
                self._terminal.say(exchange.note, "dim")
            return room
        if chosen == "h":
            room = self._client.interviews.hint(room.id)
            self._terminal.say(room.steps[room.place].hints[-1], "cyan")
            return room
        if chosen == "f":
            return self._client.interviews.finish(room.id)
        return self._write(room, step)

    def _write(self, room: InterviewRoom, step: RoomStep) -> InterviewRoom:
        following = step.state is StepState.FOLLOW_UP
        name = f"interview-{room.id}-{room.place + 1}{'-follow-up' if following else ''}"
        written = self._drafting.write(
            name,
            step.follow_up or step.prompt,
            draft_id=step.draft_id,
            since=room.created_at,
        )
        if not written.text:
            self._terminal.say("Nothing was written yet.", "yellow")
            return room
        now = self._client.interviews.room(room.id)
        if now.over:
            self._terminal.say(
                "The time was up while you wrote: what you had saved by then was handed in. All "
                f"that you wrote is in {self._drafting.where(name)}."
            )
            return now
        now = self._client.interviews.answer(
            room.id, room.place, written.text, seconds=written.seconds
        )
        self._drafting.done(name)
        return now

    def _report(self, room: InterviewRoom) -> None:
        report = self._client.interviews.report(room.id)
        for step in report.steps:
            for grading in (step.grading, step.follow_up_grading):
                if grading is not None and not grading.status.is_final:
                    follow(self._client, self._terminal, grading, len(grading.dimensions))
        show_report(self._terminal, self._client.interviews.report(room.id))


def _options(step: RoomStep) -> dict[str, str]:
    if step.state is StepState.FOLLOW_UP:
        return {"w": "write your reply", "f": "finish the interview", LEAVE: "leave"}
    options = {"w": "write your answer", "a": "ask the interviewer"}
    if step.next_hint_cost is not None:
        options["h"] = f"take a hint (−{step.next_hint_cost:g} points)"
    return {**options, "f": "finish the interview", LEAVE: "leave"}
