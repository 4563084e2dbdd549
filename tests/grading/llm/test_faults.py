"""Every way in which a server can fail, over real HTTP: the right third state, never a score."""

import json
import socket
from collections.abc import Callable

import pytest

from interviewer.domain.grading import CallShape, Status
from tests.grading.drift import QUESTION
from tests.grading.llm.rig import KEY, grade_with, grader_at, verdicts
from tests.model_server import (
    Action,
    BreakStream,
    Drip,
    Hang,
    Json,
    ModelServer,
    Raw,
    Reset,
    Say,
    Seen,
    met_everywhere,
    ruling,
    rulings,
)
from tests.model_server import Status as Answer

pytestmark = pytest.mark.anyio

PARTS = len(QUESTION.dimensions)
Always = Callable[[Seen], Action]


def always(action: Action) -> Always:
    return lambda _: action


def ruled(change: Callable[[list[Json]], object]) -> Always:
    """Return a judge whose reply is changed by a hand that may damage it."""

    def judge(seen: Seen) -> Action:
        said = met_everywhere(seen)
        assert isinstance(said, Say)
        found = json.loads(said.text)["rulings"]
        change(found)
        return Say(json.dumps({"rulings": found}))

    return judge


def cites(evidence: list[int], words: str) -> Always:
    def judge(seen: Seen) -> Action:
        wrong = seen.wrong_claims
        return Say(
            rulings(
                seen,
                lambda id_: (
                    ruling("not_asserted") if id_ in wrong else ruling("met", evidence, words)
                ),
            )
        )

    return judge


@pytest.mark.parametrize(
    ("judge", "calls_a_part", "sentence"),
    [
        pytest.param(always(Answer(401, "bad key")), 1, "set OPENAI_API_KEY", id="401"),
        pytest.param(always(Answer(403)), 1, "INTERVIEWER_MODEL", id="403"),
        pytest.param(
            always(Answer(404, "The model `fake` does not exist", "model_not_found")),
            1,
            "INTERVIEWER_MODEL",
            id="404 model",
        ),
        pytest.param(always(Answer(404, "no route")), 2, "ends in /v1", id="404 route"),
        pytest.param(
            always(Answer(429, headers={"retry-after": "60"})), 1, "in 60 s", id="429 long wait"
        ),
        pytest.param(
            always(Answer(429, headers={"retry-after-ms": "5"})), 4, "429", id="429 short wait"
        ),
        pytest.param(always(Answer(429)), 4, "grade again in a minute", id="429 no wait given"),
        pytest.param(
            always(Answer(429, "You exceeded your current quota", "insufficient_quota")),
            1,
            "check plan and billing",
            id="429 quota",
        ),
        pytest.param(always(Answer(500)), 4, "failed (500)", id="500"),
        pytest.param(always(Answer(503)), 4, "failed (503)", id="503"),
        pytest.param(always(Reset()), 4, "broke the connection", id="reset mid-body"),
        pytest.param(
            always(Answer(400, "maximum context length is 4096", "context_length_exceeded")),
            1,
            "shorten the answer",
            id="context overflow",
        ),
        pytest.param(
            always(Answer(400, "filtered", "content_filter")), 1, "content filter", id="400 filter"
        ),
        pytest.param(always(Answer(400, "seed is odd")), 4, "seed is odd", id="400 for good"),
        pytest.param(always(Raw(b"<html>hello</html>")), 2, "OPENAI_BASE_URL", id="not JSON"),
        pytest.param(always(Raw(b'{"choices": []}')), 2, "no choice", id="empty choices"),
        pytest.param(always(Raw(b'{"choices": null}')), 2, "no choice", id="null choices"),
        pytest.param(always(Say("")), 2, "could not be read", id="empty text"),
        pytest.param(always(Say("I like it.")), 2, "could not be read", id="prose only"),
        pytest.param(always(Say('{"rulings": [{"id"')), 2, "could not be read", id="invalid JSON"),
        pytest.param(always(Say('{"rulings": [', finish="length")), 2, "cut off", id="truncated"),
        pytest.param(always(Say("", refusal="No.")), 2, "declined", id="refusal"),
        pytest.param(always(Say("", finish="content_filter")), 1, "content filter", id="filter"),
        pytest.param(always(Say("x" * 2_000_000)), 2, "cut off", id="2 MB reply"),
        pytest.param(ruled(lambda found: found.clear()), 2, "could not be read", id="no ruling"),
        pytest.param(
            ruled(lambda found: [each.update(id="invented") for each in found]),
            2,
            "left it out",
            id="unknown criteria",
        ),
        pytest.param(
            ruled(lambda found: found.extend([{**r, "verdict": "unmet"} for r in found])),
            2,
            "twice",
            id="duplicates that disagree",
        ),
        pytest.param(
            ruled(lambda found: [each.update(verdict="excellent") for each in found]),
            2,
            "not on offer",
            id="verdict off the menu",
        ),
        pytest.param(
            ruled(lambda found: [each.update(verdict=1) for each in found]),
            2,
            "could not be read",
            id="impossible value",
        ),
    ],
)
async def test_a_fault_that_stays_is_not_assessed_and_says_what_to_do(
    judge: Always, calls_a_part: int, sentence: str
) -> None:
    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.UNGRADED
    assert grading.score is None
    assert set(verdicts(grading).values()) == {"not_assessed"}
    assert grading.reason is not None
    assert sentence in grading.reason
    assert KEY not in grading.model_dump_json()
    # A route that is not there, or a dialect, is learnt by one part for all the others.
    assert len(server.seen) <= calls_a_part * PARTS


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Answer(429, headers={"retry-after": "0"}), id="429"),
        pytest.param(Answer(500), id="500"),
        pytest.param(Answer(503), id="503"),
        pytest.param(Reset(), id="reset"),
        pytest.param(Reset(0), id="reset before a byte"),
        pytest.param(Say("Sorry, what?"), id="prose"),
        pytest.param(Say(""), id="empty"),
        pytest.param(Say("", refusal="No."), id="refusal"),
        pytest.param(Say('{"rulings":[', finish="length"), id="length"),
        pytest.param(Raw(b'{"choices": []}'), id="empty choices"),
        pytest.param(Raw(b'{"choices": [{"message"'), id="cut off"),
        pytest.param(Say('{"verdict": "met"}'), id="other schema"),
        pytest.param(Say('{"rulings":[{"id":"threshold"}]}'), id="field missing"),
    ],
)
async def test_a_fault_that_passes_costs_one_more_call_and_no_point(fault: Action) -> None:
    async with ModelServer() as server, grader_at(server.url) as grader:
        server.script = [fault]
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert grading.score is not None
    assert grading.score.percent == 100
    assert len(server.seen) == PARTS + 1


async def test_a_server_that_is_not_there_is_named_and_never_a_score() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        async with grader_at(url) as grader:
            grading = await grade_with(grader)
    assert grading.status is Status.UNGRADED
    assert grading.reason is not None
    assert "cannot be reached; start it or check OPENAI_BASE_URL" in grading.reason


@pytest.mark.parametrize(
    "stall", [pytest.param(Hang(), id="silent"), pytest.param(Drip(0.01), id="slow-loris")]
)
@pytest.mark.parametrize("calls", [CallShape.DIMENSION, CallShape.ANSWER])
async def test_a_server_that_stalls_is_left_by_the_deadline(
    stall: Action, calls: CallShape
) -> None:
    async with ModelServer(lambda seen: stall) as server:
        async with grader_at(server.url, seconds=0.3, calls=calls) as grader:
            grading = await grade_with(grader)
        assert grading.status is Status.UNGRADED
        assert grading.reason is not None
        assert "INTERVIEWER_DEADLINE_SECONDS" in grading.reason
        assert grading.seconds is not None
        assert grading.seconds < 3


async def test_a_server_that_is_silent_once_is_asked_once_more() -> None:
    async with ModelServer() as server, grader_at(server.url, seconds=3) as grader:
        server.script = [Hang()]
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert len(server.seen) == PARTS + 1


@pytest.mark.parametrize(
    "wrapped",
    [
        pytest.param("Here you are:\n{}\nI hope that it helps.", id="prose around"),
        pytest.param("```json\n{}\n```", id="fenced"),
        pytest.param('<think>{{"id": 1}} so…</think>{}', id="thoughts before"),
        pytest.param("{}}}}}", id="a brace too many"),
    ],
)
async def test_words_around_the_json_cost_nothing(wrapped: str) -> None:
    def judge(seen: Seen) -> Action:
        said = met_everywhere(seen)
        assert isinstance(said, Say)
        before, _, after = wrapped.partition("{}")
        return Say(before.replace("{{", "{").replace("}}", "}") + said.text + after)

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert len(server.seen) == PARTS


async def test_only_what_is_missing_is_asked_again() -> None:
    def judge(seen: Seen) -> Action:
        said = met_everywhere(seen)
        assert isinstance(said, Say)
        cut = said.text.index('{"id":"delayed"') if '"id":"delayed"' in said.text else None
        first = "set aside" not in seen.text
        return Say(said.text[:cut] if first and cut else said.text, finish="length")

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert len(server.seen) == PARTS + 1
    again = next(seen for seen in server.seen if "An earlier reply was set aside" in seen.text)
    assert again.claims == {"tests": ["delayed", "accuracy_first"]}


async def test_an_unknown_id_among_good_ones_is_ignored() -> None:
    judge = ruled(lambda found: found.append({**found[0], "id": "bonus"}))
    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert set(verdicts(grading)) == {"threshold", "delayed", "two_steps"}


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        pytest.param([1], "we retrain on Tuesdays", id="fabricated words"),
        pytest.param([1], QUESTION.prompt[:60], id="words of the question"),
        pytest.param([1], "</answer", id="words of the fence"),
        pytest.param([], "compare the inputs", id="no sentence cited"),
        pytest.param([99], "compare the inputs", id="a sentence that is not there"),
        pytest.param([3], "compare the inputs", id="words of another sentence"),
    ],
)
async def test_credit_without_evidence_is_asked_for_again_and_then_withdrawn(
    evidence: list[int], words: str
) -> None:
    async with ModelServer(cites(evidence, words)) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert set(verdicts(grading).values()) == {"unmet"}
    assert {flag.kind.value for flag in grading.flags} == {"unsupported_quote"}
    assert len(server.seen) == 2 * PARTS


async def test_evidence_that_is_found_on_the_second_try_counts() -> None:
    def judge(seen: Seen) -> Action:
        return cites([1], "ticket is opened" if "set aside" in seen.text else "invented")(seen)

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert set(verdicts(grading).values()) == {"met"}
    assert not grading.flags
    quotes = {e.quote for d in grading.dimensions for c in d.criteria for e in c.evidence}
    assert quotes == {"ticket is opened"}


async def test_a_part_that_fails_leaves_the_others_standing() -> None:
    def judge(seen: Seen) -> Action:
        return Answer(401) if "response" in seen.claims else met_everywhere(seen)

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.PARTIAL
    assert grading.score is None
    assert verdicts(grading) == {
        "threshold": "met",
        "delayed": "met",
        "two_steps": "not_assessed",
    }


async def test_absent_usage_is_no_cost_of_nothing() -> None:
    def judge(seen: Seen) -> Action:
        said = met_everywhere(seen)
        assert isinstance(said, Say)
        return Say(said.text, usage=False)

    async with ModelServer(judge) as server, grader_at(server.url, model="gpt-5.4-mini") as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert grading.usage.calls == PARTS
    assert grading.usage.cost_usd is None


async def test_a_stream_that_breaks_keeps_the_dimensions_that_had_arrived() -> None:
    async with (
        ModelServer() as server,
        grader_at(server.url, calls=CallShape.ANSWER) as grader,
    ):
        server.script = [BreakStream(keep='{"id":"response"')]
        grading = await grade_with(grader)
    assert grading.status is Status.GRADED
    assert len(server.seen) == 2
    assert list(server.seen[1].claims) == ["response"]


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        pytest.param(Say("", refusal="No."), "declined", id="refusal"),
        pytest.param(Say('{"rulings":[', finish="length"), "cut off", id="length"),
        pytest.param(Say("", finish="content_filter"), "content filter", id="filter"),
        pytest.param(Raw(b'{"status":"completed","output":[]}'), "no output", id="no output"),
        pytest.param(Raw(b'{"status":"failed","error":{"message":"gpu"}}'), "gpu", id="failed"),
        pytest.param(Answer(401), "OPENAI_API_KEY", id="401"),
    ],
)
async def test_the_responses_api_fails_in_the_same_sentences(action: Action, sentence: str) -> None:
    def judge(seen: Seen) -> Action:
        chat = not seen.path.endswith("/responses")
        return Answer(404, "use v1/responses with this model") if chat else action

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        grading = await grade_with(grader)
    assert grading.status is Status.UNGRADED
    assert grading.reason is not None
    assert sentence in grading.reason
