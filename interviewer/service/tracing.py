"""Puts a span around each call of a model, where the extra for it is installed."""

from contextlib import AsyncExitStack

from interviewer.errors import SetupError
from interviewer.grading.llm.chat_model import ChatModel


def traced(model: ChatModel, server: str, stack: AsyncExitStack) -> ChatModel:
    """Return the model with spans, which are sent off for good when the stack is closed.

    Raises: SetupError when OpenTelemetry is not installed.
    """
    try:
        from interviewer.grading.llm.tracing import TracedModel, exporting
    except ModuleNotFoundError:
        raise SetupError(
            "INTERVIEWER_TRACES needs OpenTelemetry; install it with "
            "`pip install 'interviewer[otel]'`."
        ) from None
    provider = exporting()
    stack.callback(provider.shutdown)
    return TracedModel(model, server, provider)
