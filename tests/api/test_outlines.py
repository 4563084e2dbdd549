"""A stronger outline on request: by the model that graded, or put together by code."""

from pathlib import Path

import pytest

from interviewer.client import Client
from interviewer.domain.grading import GraderIdentity, GraderKind, Status, Usage
from interviewer.errors import Conflict, InputError, NotFound
from interviewer.wire import Problem, StrongerOutline
from tests.api.conftest import ANSWER, Stage
from tests.api.serving import graded, served
from tests.domain.questions import SMALL
from tests.fakes import ScriptedGrader
from tests.grading.llm.rig import grader_at
from tests.model_server import Action, ModelServer, Say, Seen, ruling, rulings
from tests.model_server import Status as Fails


class OfflineScript(ScriptedGrader):
    """Rules as scripted, and calls itself offline."""

    identity = GraderIdentity(kind=GraderKind.OFFLINE, model="words", call_shape=None, votes=1)


def asked_for_outline(seen: Seen) -> bool:
    return "stronger outline" in seen.text


def judge(seen: Seen) -> Action:
    """Meet the cache alone, and write an outline with markup in it."""
    if asked_for_outline(seen):
        return Say("- Put a cache first.\n- Name <b>index</b> and replica.")

    def rule(id_: str) -> dict[str, object]:
        if id_ in seen.wrong_claims:
            return ruling("not_asserted")
        return ruling("met", [1], "cache in front") if id_ == "cache" else ruling("unmet")

    return Say(rulings(seen, rule))


@pytest.mark.anyio
async def test_the_model_that_graded_writes_the_outline_from_what_was_unmet(tmp_path: Path) -> None:
    async with (
        ModelServer(judge) as server,
        grader_at(server.url) as grader,
        served(grader, tmp_path) as http,
    ):
        grading = await graded(http)
        reply = await http.post(f"/v1/gradings/{grading.id}/outline")
    assert grading.status is Status.GRADED, grading.reason
    outline = StrongerOutline.model_validate_json(reply.content)
    assert (outline.grader, outline.model) == (GraderKind.LLM, "fake")
    assert outline.outline == ("Put a cache first.", "Name <b>index</b> and replica.")
    assert outline.usage.calls == 1
    asked = [seen.text for seen in server.seen if asked_for_outline(seen)]
    assert len(asked) == 1
    assert SMALL.prompt in asked[0]
    assert "a cache in front of the store" in asked[0]
    points = asked[0].partition("Points that were missing\n")[2]
    unmet = ("index", "backup", "replica")
    assert points == "\n".join(f"- Names the {each} of the system." for each in unmet)


@pytest.mark.anyio
@pytest.mark.parametrize("failure", [Fails(401), Say("", refusal="No."), Say("")])
async def test_a_model_in_trouble_is_a_problem_with_a_sentence(
    tmp_path: Path, failure: Action
) -> None:
    async with (
        ModelServer(judge) as server,
        grader_at(server.url) as grader,
        served(grader, tmp_path) as http,
    ):
        grading = await graded(http)
        server.script = [failure]
        reply = await http.post(f"/v1/gradings/{grading.id}/outline")
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(reply.content)
    assert problem.type.endswith(":grader")
    assert problem.detail.endswith(".")


@pytest.mark.anyio
async def test_offline_code_sets_the_rubrics_suggestions_in_its_order(tmp_path: Path) -> None:
    grader = OfflineScript({"index": "a cache in front"})
    async with served(grader, tmp_path) as http:
        grading = await graded(http)
        reply = await http.post(f"/v1/gradings/{grading.id}/outline")
    outline = StrongerOutline.model_validate_json(reply.content)
    assert (outline.grader, outline.model, outline.usage) == (GraderKind.OFFLINE, "", Usage())
    wanted = ("cache", "backup", "replica")
    assert outline.outline == tuple(c.to_add for c in SMALL.rubric.criteria() if c.id in wanted)


def test_there_is_no_outline_before_there_are_rulings_or_of_anothers_grading(
    client: Client, stage: Stage
) -> None:
    stage.jobs.held = True
    grading = client.grade(SMALL.id, ANSWER)
    with pytest.raises(Conflict, match="is queued"):
        client.outline(grading.id)
    with pytest.raises(NotFound):
        client.outline("nobody")


def test_a_grader_that_writes_none_says_so(client: Client) -> None:
    grading = client.grade(SMALL.id, ANSWER, wait=10)
    with pytest.raises(InputError, match="writes no outlines"):
        client.outline(grading.id)
