"""A span for each call of a model, as OpenTelemetry's conventions for generative AI name things.

The only importer of `opentelemetry`, which is an extra (`pip install 'interviewer[otel]'`). A span
says which model was asked, what it took and how it ended; never what was said, though the
conventions would allow it. https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
"""

from importlib.metadata import version

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace import TracerProvider as AnyProvider

from interviewer.errors import ModelTrouble
from interviewer.grading.llm.chat_model import ChatModel, Listen, Reply, Request


def exporting() -> TracerProvider:
    """Return a provider that sends spans where the `OTEL_EXPORTER_OTLP_*` variables say."""
    resource = Resource.create(
        {"service.name": "interviewer", "service.version": version("interviewer")}
    )
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


class TracedModel:
    """Asks another model, and writes a span about it."""

    def __init__(self, model: ChatModel, server: str, provider: AnyProvider) -> None:
        """Take the model, the host and port of its server, and who takes the spans."""
        self._model = model
        self._tracer = provider.get_tracer("interviewer", version("interviewer"))
        host, _, port = server.partition(":")
        self._always: dict[str, str | int] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "gen_ai.request.model": model.name,
            "server.address": host,
        }
        if port.isdecimal():
            self._always["server.port"] = int(port)

    @property
    def name(self) -> str:
        """Return the name of the model."""
        return self._model.name

    async def ask(self, request: Request, seconds: float, listen: Listen | None = None) -> Reply:
        """Return the reply of the other model. Raises: ModelTrouble."""
        with self._tracer.start_as_current_span(
            f"chat {self._model.name}",
            kind=SpanKind.CLIENT,
            attributes={
                **self._always,
                "gen_ai.request.max_tokens": request.max_output_tokens,
                "gen_ai.output.type": "json" if request.shape else "text",
                "gen_ai.request.stream": listen is not None,
            },
            # What an error says may quote a reply, and a reply quotes the answer.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                reply = await self._model.ask(request, seconds, listen)
            except ModelTrouble as trouble:
                span.set_attribute("error.type", trouble.kind.value)
                span.set_status(Status(StatusCode.ERROR))
                raise
            _describe(span, reply)
            return reply


def _describe(span: Span, reply: Reply) -> None:
    span.set_attributes(
        {
            "gen_ai.usage.input_tokens": reply.tokens.input,
            "gen_ai.usage.output_tokens": reply.tokens.output,
            "gen_ai.usage.cache_read.input_tokens": reply.tokens.cached_input,
            "gen_ai.response.finish_reasons": (reply.ending.value,),
        }
    )
