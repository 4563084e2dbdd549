"""What OpenAI-compatible servers send, read leniently, and turned into a `Reply`.

The SDK hands over whatever JSON arrives without looking at it, so the looking is done here: a
body without choices, a null where text should be, or usage that is absent is common among servers.
"""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import Ending, Reply, TokenCounts


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


Parsed = TypeVar("Parsed", bound=BaseModel)


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


Count = Annotated[int, BeforeValidator(_count)]


class _Details(_Wire):
    cached_tokens: Count = 0


class Usage(_Wire):
    """Token counts under the names of either API."""

    prompt_tokens: Count = 0
    completion_tokens: Count = 0
    input_tokens: Count = 0
    output_tokens: Count = 0
    prompt_tokens_details: _Details | None = None
    input_tokens_details: _Details | None = None

    def counts(self) -> TokenCounts:
        details = self.prompt_tokens_details or self.input_tokens_details or _Details()
        return TokenCounts(
            input=self.prompt_tokens or self.input_tokens,
            cached_input=details.cached_tokens,
            output=self.completion_tokens or self.output_tokens,
        )


class ServerError(_Wire):
    """An error object, as a body of its own or in the middle of a stream."""

    message: str | None = None
    code: str | int | None = None


class _Words(_Wire):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Wire):
    message: _Words | None = None
    delta: _Words | None = None
    finish_reason: str | None = None


class ChatBody(_Wire):
    """A Chat Completions body, or one chunk of a streamed one."""

    choices: tuple[_Choice, ...] | None = None
    usage: Usage | None = None
    error: ServerError | str | None = None


class _Content(_Wire):
    type: str | None = None
    text: str | None = None
    refusal: str | None = None


class _Item(_Wire):
    type: str | None = None
    content: tuple[_Content, ...] | None = None


class _Incomplete(_Wire):
    reason: str | None = None


class ResponsesBody(_Wire):
    """A Responses body."""

    status: str | None = None
    output: tuple[_Item, ...] | None = None
    incomplete_details: _Incomplete | None = None
    usage: Usage | None = None
    error: ServerError | str | None = None


class ResponsesEvent(_Wire):
    """One event of a streamed Responses reply."""

    type: str = ""
    delta: str | None = None
    response: ResponsesBody | None = None
    message: str | None = None


_CHAT_ENDINGS = {"length": Ending.LENGTH, "content_filter": Ending.FILTERED}
_RESPONSES_ENDINGS = {
    "max_output_tokens": Ending.LENGTH,
    "max_tokens": Ending.LENGTH,
    "content_filter": Ending.FILTERED,
}


def read_chat(bodies: Sequence[ChatBody]) -> Reply:
    """Return what one body, or all chunks of a stream, say together.

    Raises: ModelTrouble when there is an error or no choice in them.
    """
    text, refusal, ending, tokens, chosen = "", "", Ending.FINISHED, TokenCounts(), False
    for body in bodies:
        check_error(body.error)
        tokens = body.usage.counts() if body.usage else tokens
        for choice in (body.choices or ())[:1]:
            chosen = True
            said = choice.message or choice.delta or _Words()
            text += said.content or ""
            refusal += said.refusal or ""
            ending = _CHAT_ENDINGS.get(choice.finish_reason or "", ending)
    if not chosen:
        raise ModelTrouble(Trouble.UNREADABLE, "The server's reply held no choice; grade again.")
    return _reply(text, refusal, ending, tokens)


def read_responses(body: ResponsesBody) -> Reply:
    """Return what a Responses body says. Raises: ModelTrouble when it failed."""
    check_error(body.error)
    parts = [part for item in body.output or () for part in item.content or ()]
    if not parts and body.status != "incomplete":
        raise ModelTrouble(Trouble.UNREADABLE, "The server's reply held no output; grade again.")
    reason = (body.incomplete_details or _Incomplete()).reason or ""
    return _reply(
        "".join(part.text or "" for part in parts if part.type != "refusal"),
        "".join(part.refusal or "" for part in parts),
        _RESPONSES_ENDINGS.get(reason, Ending.FINISHED),
        body.usage.counts() if body.usage else TokenCounts(),
    )


def _reply(text: str, refusal: str, ending: Ending, tokens: TokenCounts) -> Reply:
    if refusal and not text:
        return Reply(refusal, Ending.REFUSED, tokens)
    return Reply(text, ending, tokens)


def check_error(error: ServerError | str | None) -> None:
    """Raise what a server says inside a reply that began well."""
    if error is not None:
        message = error if isinstance(error, str) else error.message or "no reason given"
        raise ModelTrouble(
            Trouble.SERVER_FAULT, f"The server failed in the middle of its reply: {clip(message)}"
        )


def parse(shape: type[Parsed], text: str) -> Parsed:
    """Read one JSON text as a body or an event. Raises: ModelTrouble."""
    try:
        return shape.model_validate_json(text)
    except ValidationError as error:
        raise ModelTrouble(
            Trouble.UNREADABLE,
            "The server sent something that is not an OpenAI-style reply; check OPENAI_BASE_URL.",
        ) from error


def clip(message: str, length: int = 160) -> str:
    """Return a server's words on one line, cut to a bearable length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
