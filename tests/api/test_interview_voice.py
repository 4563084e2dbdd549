"""The interviewer's words, by a scripted model's server over real HTTP, and what stands in."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from interviewer.catalog.questions import QuestionBank
from interviewer.domain.interview import StepState
from interviewer.interviewing.clarifications import ASSUME
from interviewer.service.voice import GAVE_AWAY, LOOKED_UP, OWN_FOLLOW_UP
from interviewer.wire import InterviewRoom
from tests.api.conftest import BANK
from tests.api.serving import served
from tests.domain.questions import SMALL
from tests.grading.llm.rig import grader_at
from tests.model_server import Action, Hang, ModelServer, Say, Seen, Status, ruling, rulings

pytestmark = pytest.mark.anyio

ANSWER = "It depends on many things here, and I would start by asking who reads the data."
FACTS = ("Reads are forty times as frequent as writes.", "There are 5 regions.")


def judge(seen: Seen) -> Action:
    """Meet nothing."""
    return Say(rulings(seen, lambda _: ruling("unmet")))


class Room:
    """One interview over HTTP, with a model's server that says what a test wants."""

    def __init__(self, http: httpx2.AsyncClient, server: ModelServer) -> None:
        self.http = http
        self.server = server

    async def ask(self, says: Action, asked: str) -> tuple[str, bool, str]:
        """Return the reply, whether it is a fact, and the note."""
        self.server.script = [says]
        room = await self._post("clarifications", {"text": asked})
        exchange = room.steps[0].exchanges[-1]
        return exchange.replied, exchange.is_fact, exchange.note

    async def follow_up(self, says: Action) -> tuple[str | None, str]:
        """Hand an answer in and return the follow-up, and the note."""
        self.server.judge = lambda seen: says if "follow-up question" in seen.text else judge(seen)
        room = await self._post("answers", {"step": 0, "answer": ANSWER})
        while room.steps[0].state is StepState.READING:
            await self.http.get(f"/v1/gradings/{room.steps[0].grading_id}/events")
            reply = await self.http.get(f"/v1/interviews/{self.id}")
            room = InterviewRoom.model_validate_json(reply.content)
        return room.steps[0].follow_up, room.steps[0].follow_up_note

    async def start(self, **wanted: str) -> None:
        body = {"questions": 1, "minutes": 30, **wanted}
        reply = await self.http.post("/v1/interviews", json=body)
        self.id = InterviewRoom.model_validate_json(reply.content).id

    async def _post(self, what: str, body: dict[str, str | int]) -> InterviewRoom:
        reply = await self.http.post(f"/v1/interviews/{self.id}/{what}", json=body)
        assert reply.status_code == 200, reply.text
        return InterviewRoom.model_validate_json(reply.content)


@asynccontextmanager
async def interview(folder: Path, *, agreed: bool = True, **wanted: str) -> AsyncGenerator[Room]:
    """Yield an interview on one question whose candidate has agreed to the model's server."""
    question = SMALL.model_copy(update={"clarifications": FACTS})
    bank = QuestionBank(BANK.topics, [question])
    async with (
        ModelServer(judge) as server,
        grader_at(server.url, talk_seconds=3) as grader,
        served(grader, folder, bank) as http,
    ):
        if agreed:
            body = {"server": "models.example", "model": "fake"}
            await http.put("/v1/consent", json=body)
        room = Room(http, server)
        await room.start(**wanted)
        yield room


async def test_the_model_picks_a_fact_and_says_it_in_its_own_words(tmp_path: Path) -> None:
    async with interview(tmp_path) as room:
        said = await room.ask(Say("1: Mostly reads, about forty to one."), "What is the mix?")
        assert "1. Reads are forty times" in room.server.seen[-1].text

    assert said == ("Mostly reads, about forty to one.", True, "")


@pytest.mark.parametrize(
    ("says", "asked", "expected"),
    [
        pytest.param(Say("0"), "Which colour?", (ASSUME, False, ""), id="no fact"),
        pytest.param(
            Say("2: There are 5 regions, 12 zones each."), "Where?", (FACTS[1], True, ""),
            id="an invented figure",
        ),
        pytest.param(Say("7: All of it."), "How many regions?", (FACTS[1], True, LOOKED_UP),
                     id="no fact of ours"),
        pytest.param(Say("", refusal="No."), "Regions?", (FACTS[1], True, LOOKED_UP), id="refusal"),
        pytest.param(Status(401), "Which colour?", (ASSUME, False, LOOKED_UP), id="key refused"),
    ],
)  # fmt: skip
async def test_what_is_no_fact_is_never_said(
    tmp_path: Path, says: Action, asked: str, expected: tuple[str, bool, str]
) -> None:
    async with interview(tmp_path) as room:
        assert await room.ask(says, asked) == expected


async def test_a_model_that_hangs_is_not_waited_for_long(tmp_path: Path) -> None:
    async with interview(tmp_path) as room:
        room.server.judge = lambda _: Hang()
        _, _, note = await room.ask(Hang(), "How many regions?")

    assert note == LOOKED_UP


@pytest.mark.parametrize(
    ("agreed", "wanted"),
    [
        pytest.param(False, {}, id="before anybody agreed"),
        pytest.param(True, {"grader": "offline"}, id="offline interview"),
    ],
)
async def test_nothing_is_sent_that_was_not_agreed_to(
    tmp_path: Path, agreed: bool, wanted: dict[str, str]
) -> None:
    async with interview(tmp_path, agreed=agreed, **wanted) as room:
        said = await room.ask(Say("1: Yes."), "How many regions?")
        sent = len(room.server.seen)

    assert said == (FACTS[1], True, "")
    assert sent == 0


async def test_the_follow_up_is_put_in_the_models_words(tmp_path: Path) -> None:
    asked = "You ask who reads the data: what keeps those reads fast?"
    async with interview(tmp_path) as room:
        assert await room.follow_up(Say(asked)) == (asked, "")


@pytest.mark.parametrize(
    ("says", "note"),
    [
        pytest.param(Status(401), OWN_FOLLOW_UP, id="trouble"),
        pytest.param(Say(f"Is it that {SMALL.dimensions[0].criteria[0].to_add}?"), GAVE_AWAY,
                     id="gives it away"),
    ],
)  # fmt: skip
async def test_the_questions_own_follow_up_stands_in_and_says_so(
    tmp_path: Path, says: Action, note: str
) -> None:
    async with interview(tmp_path) as room:
        assert await room.follow_up(says) == ("And the first?", note)
