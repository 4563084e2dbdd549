"""What `doctor` finds out about a server, and which model is chosen."""

import pytest

from interviewer.errors import SetupError
from interviewer.grading.llm.calling import Caller
from interviewer.grading.llm.grader import LlmGrader
from interviewer.grading.llm.limits import NoLimits
from interviewer.grading.llm.openai_model import OpenAIModel
from interviewer.grading.llm.pricing import Prices
from interviewer.grading.llm.probing import OPENAI_MODEL, Probe, choose_model, probe
from interviewer.grading.tokens import Tokens
from tests.grading.drift import QUESTION
from tests.grading.llm.rig import PROMPTS
from tests.model_server import Action, ModelServer, Say, Seen
from tests.model_server import Status as Answer

pytestmark = pytest.mark.anyio


async def probed(url: str, name: str = "fake") -> Probe:
    model = OpenAIModel(url, "", name)
    caller = Caller(model, NoLimits(), Prices(), Tokens())
    try:
        return await probe(model, LlmGrader(caller, PROMPTS), QUESTION)
    finally:
        await model.close()


async def test_a_good_server_is_described() -> None:
    def judge(seen: Seen) -> Action:
        if "response_format" in seen.body and "json_schema" in str(seen.body["response_format"]):
            return Answer(400, "json_schema is not supported")
        return Say('{"ok":true}', delay=0.02)

    async with ModelServer(judge) as server:
        found = await probed(server.url)
    assert found.trouble is None
    assert (found.listed, found.api, found.temperature) == (True, "chat", True)
    assert found.structured_output == "json_object"
    assert found.seconds is not None
    assert found.seconds > 0.02
    assert found.expected is not None
    assert found.expected.calls == 2
    assert found.expected.input_tokens > 500
    assert "PSI" not in "".join(seen.text for seen in server.seen), "no answer is sent"


async def test_a_model_that_is_not_there_is_said_to_be_missing() -> None:
    def judge(seen: Seen) -> Action:
        return Answer(404, "The model `gone` does not exist", "model_not_found")

    async with ModelServer(judge, models=("fake", "other")) as server:
        found = await probed(server.url, "gone")
    assert found.listed is False
    assert found.offers == "fake, other"
    assert found.trouble is not None
    assert "has no model 'gone'" in found.trouble


async def test_the_only_model_of_a_server_is_chosen() -> None:
    async with ModelServer(models=("llama",)) as server:
        assert await choose_model(server.url, "", None) == "llama"


async def test_several_models_are_listed_to_choose_from() -> None:
    async with ModelServer(models=tuple(f"m{n:02}" for n in range(14))) as server:
        with pytest.raises(SetupError, match=r"INTERVIEWER_MODEL.*m00, m01.* and 2 more"):
            await choose_model(server.url, "", None)


async def test_a_server_without_models_asks_for_a_name() -> None:
    async with ModelServer(models=()) as server:
        with pytest.raises(SetupError, match="lists no model"):
            await choose_model(server.url, "", None)


async def test_a_named_model_is_taken_without_asking_anyone() -> None:
    assert await choose_model("http://127.0.0.1:9/v1", "", "mine") == "mine"
    assert await choose_model(None, "sk", None) == OPENAI_MODEL
