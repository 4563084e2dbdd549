"""Spans of model calls, as the conventions name them, and without a word of what was said."""

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import (
    Listen,
    Message,
    OutputShape,
    Reply,
    Request,
    TokenCounts,
)
from interviewer.grading.llm.tracing import TracedModel

ASKED = Request(
    messages=(Message("user", "the candidate's secret words"),),
    max_output_tokens=300,
    shape=OutputShape("rulings", {}),
)


class Model:
    """Says one thing, or fails."""

    name = "gpt-test"

    def __init__(self, says: Reply | ModelTrouble) -> None:
        self._says = says

    async def ask(self, request: Request, seconds: float, listen: Listen | None = None) -> Reply:
        if isinstance(self._says, ModelTrouble):
            raise self._says
        return self._says


def traced(says: Reply | ModelTrouble) -> tuple[TracedModel, InMemorySpanExporter]:
    memory, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    return TracedModel(Model(says), "models.example:8443", provider), memory


def only(memory: InMemorySpanExporter) -> ReadableSpan:
    (span,) = memory.get_finished_spans()
    return span


@pytest.mark.anyio
async def test_a_call_is_a_span_with_what_it_took() -> None:
    reply = Reply(text="secret reply", tokens=TokenCounts(input=900, cached_input=700, output=80))
    model, memory = traced(reply)
    assert await model.ask(ASKED, 5.0) is reply
    span = only(memory)
    assert (span.name, span.kind) == ("chat gpt-test", SpanKind.CLIENT)
    assert dict(span.attributes or {}) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-test",
        "gen_ai.request.max_tokens": 300,
        "gen_ai.request.stream": False,
        "gen_ai.output.type": "json",
        "gen_ai.response.finish_reasons": ("finished",),
        "gen_ai.usage.input_tokens": 900,
        "gen_ai.usage.output_tokens": 80,
        "gen_ai.usage.cache_read.input_tokens": 700,
        "server.address": "models.example",
        "server.port": 8443,
    }
    assert "secret" not in span.to_json()


@pytest.mark.anyio
async def test_a_call_that_failed_says_how_and_not_with_which_words() -> None:
    model, memory = traced(ModelTrouble(Trouble.RATE_LIMITED, "the server said: secret"))
    with pytest.raises(ModelTrouble):
        await model.ask(ASKED, 5.0)
    span = only(memory)
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "rate_limited"
    assert span.events == ()
    assert "secret" not in span.to_json()
