"""Finds out what a model's server can do, before anybody waits for a grading."""

import asyncio

from interviewer.domain.base import Model
from interviewer.domain.grading import Usage
from interviewer.domain.question import Question
from interviewer.errors import ModelTrouble, SetupError
from interviewer.grading.llm.chat_model import Message, OutputShape, Request
from interviewer.grading.llm.grader import LlmGrader
from interviewer.grading.llm.openai_model import OpenAIModel

OPENAI_URL = "https://api.openai.com/v1"
OPENAI_MODEL = "gpt-5.4-mini"
"""Used with OpenAI's own server where no model is named: a small model that takes a strict schema
and a temperature. Others are a setting away."""
_MOST_LISTED = 12
_PROBE_SECONDS = 30.0


async def choose_model(base_url: str | None, api_key: str, wanted: str | None) -> str:
    """Return the model to use: the named one, OpenAI's default, or the server's only one.

    Raises: SetupError with the names to choose from; ModelTrouble when the server cannot be asked.
    """
    if wanted:
        return wanted
    if base_url is None or base_url.rstrip("/") == OPENAI_URL:
        return OPENAI_MODEL
    client = OpenAIModel(base_url, api_key, "")
    try:
        listed = await client.models()
    finally:
        await client.close()
    if len(listed) == 1:
        return listed[0]
    raise SetupError(
        f"The server {client.server} offers {len(listed)} models; set INTERVIEWER_MODEL to one "
        f"of them: {_names(listed)}."
        if listed
        else f"The server {client.server} lists no model; set INTERVIEWER_MODEL to the one it has."
    )


class Probe(Model):
    """What was found out about a server."""

    server: str
    model: str
    listed: bool | None = None
    """Whether the server lists the model; null where it lists none at all."""
    offers: str = ""
    """The models that the server lists, for a sentence."""
    api: str | None = None
    structured_output: str | None = None
    """`json_schema`, `json_object` or `plain`; null where no reply came."""
    temperature: bool | None = None
    seconds: float | None = None
    """How long a short reply took."""
    expected: Usage | None = None
    """What grading the question's reference answer should take."""
    trouble: str | None = None
    """The sentence to show; null when all is well."""


async def probe(model: OpenAIModel, grader: LlmGrader, question: Question) -> Probe:
    """Ask a server one tiny question and look at what it takes. Sends no candidate's words."""
    listed = await _listed(model)
    base = Probe(
        server=model.server,
        model=model.name,
        listed=model.name in listed if listed else None,
        offers=_names(listed),
        expected=grader.estimate(question, question.reference_answer),
    )
    model.forget()
    start = asyncio.get_running_loop().time()
    try:
        await model.ask(_PING, _PROBE_SECONDS)
    except ModelTrouble as trouble:
        return base.model_copy(update={"trouble": str(trouble)})
    return base.model_copy(
        update={
            "api": model.dialect.api.value,
            "structured_output": model.dialect.output.value,
            "temperature": model.dialect.temperature,
            "seconds": asyncio.get_running_loop().time() - start,
        }
    )


_PING = Request(
    (Message("user", 'Reply with this JSON and nothing else: {"ok":true}'),),
    max_output_tokens=1_000,
    shape=OutputShape(
        "ping",
        {
            "type": "object",
            "properties": {"ok": {"type": "boolean"}},
            "required": ["ok"],
            "additionalProperties": False,
        },
    ),
)


async def _listed(model: OpenAIModel) -> tuple[str, ...]:
    try:
        return await model.models()
    except ModelTrouble:
        return ()


def _names(models: tuple[str, ...]) -> str:
    more = f" and {len(models) - _MOST_LISTED} more" if len(models) > _MOST_LISTED else ""
    return ", ".join(models[:_MOST_LISTED]) + more
