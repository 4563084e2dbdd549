"""What OpenAI-compatible servers send, read leniently.

Whatever JSON arrives is looked at here, not in the SDK: a body without choices, a null or a list
where text should be, the reply in a tool call or beside the reasoning, and usage that is absent
or somewhere else are all common among servers.
"""

from typing import Annotated, TypeGuard, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import TokenCounts


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


Parsed = TypeVar("Parsed", bound=BaseModel)


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e12 else 0


def _said(value: object) -> str | None:
    """Return the text of a string, of a part with text, or of a list of those."""
    if isinstance(value, str):
        return value
    if _is_list(value):
        return "".join(_said(part) or "" for part in value)
    if _is_object(value):
        return _said(value.get("text") or value.get("content"))
    return None


def _object_or_none(value: object) -> object:
    return value if _is_object(value) or isinstance(value, BaseModel) else None


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


Count = Annotated[int, BeforeValidator(_count)]
Words = Annotated[str | None, BeforeValidator(_said)]


class _Details(_Wire):
    cached_tokens: Count = 0


Details = Annotated[_Details | None, BeforeValidator(_object_or_none)]


class Usage(_Wire):
    """Token counts under the names of either API."""

    prompt_tokens: Count = 0
    completion_tokens: Count = 0
    input_tokens: Count = 0
    output_tokens: Count = 0
    prompt_tokens_details: Details = None
    input_tokens_details: Details = None

    def counts(self) -> TokenCounts:
        details = self.prompt_tokens_details or self.input_tokens_details or _Details()
        return TokenCounts(
            input=self.prompt_tokens or self.input_tokens,
            cached_input=details.cached_tokens,
            output=self.completion_tokens or self.output_tokens,
        )


AnyUsage = Annotated[Usage | None, BeforeValidator(_object_or_none)]


class ServerError(_Wire):
    """An error object, as a body of its own or in the middle of a stream."""

    message: Words = None
    code: str | int | None = None


class _Function(_Wire):
    arguments: Words = None


class _ToolCall(_Wire):
    function: _Function | None = None


class _Message(_Wire):
    content: Words = None
    refusal: Words = None
    reasoning_content: Words = None
    reasoning: Words = None
    tool_calls: tuple[_ToolCall, ...] | None = None

    @property
    def called(self) -> str:
        """Return the arguments of a tool call, where a server answers with one."""
        functions = (call.function for call in self.tool_calls or ())
        return "".join(function.arguments or "" for function in functions if function)


class _Choice(_Wire):
    message: _Message | None = None
    delta: _Message | None = None
    finish_reason: str | None = None
    usage: AnyUsage = None


class _Elsewhere(_Wire):
    usage: AnyUsage = None


class ChatBody(_Wire):
    """A Chat Completions body, or one chunk of a streamed one."""

    choices: tuple[_Choice, ...] | None = None
    usage: AnyUsage = None
    x_groq: Annotated[_Elsewhere | None, BeforeValidator(_object_or_none)] = None
    error: ServerError | str | None = None
    detail: Words = None
    """Where some servers say what went wrong instead of `error`."""

    @property
    def counted(self) -> Usage | None:
        """Return the usage, wherever the server puts it."""
        of_choice = self.choices[0].usage if self.choices else None
        return self.usage or of_choice or (self.x_groq.usage if self.x_groq else None)


class _Content(_Wire):
    type: str | None = None
    text: Words = None
    refusal: Words = None


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
    usage: AnyUsage = None
    error: ServerError | str | None = None
    detail: Words = None


class ResponsesEvent(_Wire):
    """One event of a streamed Responses reply."""

    type: str = ""
    delta: Words = None
    response: ResponsesBody | None = None
    message: Words = None
    error: ServerError | str | None = None


def parse(shape: type[Parsed], data: bytes) -> Parsed:
    """Read one JSON text as a body or an event. Raises: ModelTrouble."""
    try:
        return shape.model_validate_json(data)
    except ValidationError as error:
        raise ModelTrouble(
            Trouble.UNREADABLE,
            "The server sent something that is not an OpenAI-style reply; check OPENAI_BASE_URL.",
        ) from error


def complaint_in(body: object) -> str:
    """Return what an error's body says, as text or under whichever name; empty for nothing."""
    if not _is_object(body):
        return body if isinstance(body, str) else ""
    fields = (body.get(name) for name in ("message", "detail", "error", "msg"))
    return " ".join(filter(None, map(_said, fields)))


def clip(message: str, length: int = 160) -> str:
    """Return a server's words on one line, cut to a bearable length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
