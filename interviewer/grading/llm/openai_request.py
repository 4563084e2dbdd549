"""What is sent to an OpenAI-compatible server: the body of a request, in the server's dialect."""

import json

from interviewer.grading.llm.chat_model import OutputShape, Request
from interviewer.grading.llm.dialect import Api, Dialect, Output

Body = dict[str, object]

PATHS = {Api.CHAT: "/chat/completions", Api.RESPONSES: "/responses"}


def encode(model: str, request: Request, dialect: Dialect, *, stream: bool) -> bytes:
    """Return the JSON of a request.

    It is written here, and handed to the SDK as bytes, because the SDK would walk through all of
    it on every call, the whole schema included: half of the time that a call takes it.
    """
    write = _chat if dialect.api is Api.CHAT else _responses
    body = write(request, dialect, stream=stream)
    if request.steady and dialect.temperature:
        body["temperature"] = 0
    if stream:
        body["stream"] = True
    return json.dumps({"model": model, **body}).encode()


def _chat(request: Request, dialect: Dialect, *, stream: bool) -> Body:
    body: Body = {"messages": [{"role": m.role, "content": m.text} for m in request.messages]}
    if stream and dialect.stream_usage:
        body["stream_options"] = {"include_usage": True}
    if dialect.limits:
        body[dialect.limits[0]] = request.max_output_tokens
    kind = _kind(request.shape, dialect)
    if kind == "json_schema" and request.shape:
        body["response_format"] = {"type": kind, "json_schema": _named(request.shape)}
    elif kind:
        body["response_format"] = {"type": kind}
    return body


def _responses(request: Request, dialect: Dialect, *, stream: bool) -> Body:
    body: Body = {
        "input": [{"role": m.role, "content": m.text} for m in request.messages],
        "store": False,
    }
    if dialect.limits:
        body["max_output_tokens"] = request.max_output_tokens
    kind = _kind(request.shape, dialect)
    if kind == "json_schema" and request.shape:
        body["text"] = {"format": {"type": kind, **_named(request.shape)}}
    elif kind:
        body["text"] = {"format": {"type": kind}}
    return body


def _kind(shape: OutputShape | None, dialect: Dialect) -> str | None:
    """Return the `type` of the structured output to ask for; None for plain text."""
    return None if shape is None or dialect.output is Output.PLAIN else dialect.output.value


def _named(shape: OutputShape) -> Body:
    return {"name": shape.name, "schema": shape.schema, "strict": True}
