"""What a chat model is to us: something that answers one request, or says why it did not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class OutputShape:
    """The JSON that a reply must be; servers that cannot enforce it are told it in words."""

    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """One request; everything else about it is the dialect of the server."""

    messages: tuple[Message, ...]
    max_output_tokens: int
    shape: OutputShape | None = None
    """None asks for plain text."""
    steady: bool = True
    """Whether the same request should give the same reply (temperature 0, where accepted)."""


class Ending(StrEnum):
    """Why a reply ended."""

    FINISHED = "finished"
    LENGTH = "length"
    REFUSED = "refused"
    FILTERED = "filtered"
    BROKEN = "broken"
    """The connection was lost in the middle of a stream."""


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Tokens as the server counted them; all zero where it did not say."""

    input: int = 0
    cached_input: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, as text."""

    text: str
    ending: Ending = Ending.FINISHED
    tokens: TokenCounts = field(default=TokenCounts())


Listen = Callable[[str], None]
"""Takes the whole text so far, each time that more of it has arrived."""


class ChatModel(Protocol):
    """Answers requests within a time.

    Raises: ModelTrouble for everything that keeps it from a reply.
    """

    @property
    def name(self) -> str: ...

    async def ask(self, request: Request, seconds: float, listen: Listen | None = None) -> Reply:
        """Return the reply; with `listen`, stream it."""
        ...
