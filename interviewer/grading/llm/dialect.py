"""How one server wants to be spoken to: what it takes of an OpenAI-like API, learnt as we go.

Servers differ in the structured output they can enforce, in whether they take a temperature, and
in the name of the token limit. Each request says as much as the server is known to take; a
complaint (HTTP 400 or 422) takes one thing away, and the memory keeps that for all requests.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit


class Api(StrEnum):
    CHAT = "chat"
    RESPONSES = "responses"


class Output(StrEnum):
    """How a reply is held to its shape, strictest first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"


_WEAKER = {Output.JSON_SCHEMA: Output.JSON_OBJECT, Output.JSON_OBJECT: Output.PLAIN}
_ABOUT_OUTPUT = (
    "response_format",
    "json_schema",
    "json_object",
    "schema",
    "grammar",
    "text.format",
)
_ABOUT_RESPONSES = ("v1/responses", "not a chat model", "responses api")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server takes."""

    api: Api = Api.CHAT
    output: Output = Output.JSON_SCHEMA
    temperature: bool = True
    limits: tuple[str, ...] = ("max_completion_tokens", "max_tokens")
    """Names of the token limit still to be tried; the first is used, none when empty."""
    stream_usage: bool = True

    @classmethod
    def towards(cls, base_url: str) -> "Dialect":
        """Return the dialect to begin with: others than OpenAI know the older limit better."""
        host = urlsplit(base_url).hostname or ""
        if host.endswith(("openai.com", "azure.com")):
            return cls()
        return cls(limits=("max_tokens", "max_completion_tokens"))

    def after(self, complaint: str) -> "Dialect | None":
        """Return the dialect without what the complaint names; None when nothing is left."""
        text = complaint.lower()
        if self.temperature and "temperature" in text:
            return replace(self, temperature=False)
        if self.limits and ("max_tokens" in text or "max_completion_tokens" in text):
            return replace(self, limits=self.limits[1:])
        if self.stream_usage and ("stream_options" in text or "include_usage" in text):
            return replace(self, stream_usage=False)
        if self.api is Api.CHAT and any(sign in text for sign in _ABOUT_RESPONSES):
            return replace(self, api=Api.RESPONSES)
        return self._weaker(named=any(sign in text for sign in _ABOUT_OUTPUT))

    def _weaker(self, *, named: bool) -> "Dialect | None":
        """Return the dialect with a looser output; an unclear complaint may mean that too."""
        if self.output is Output.PLAIN:
            return None if named or not self.temperature else replace(self, temperature=False)
        return replace(self, output=_WEAKER[self.output])


class DialectMemory:
    """What has been learnt about one server and model; requests under way share it."""

    def __init__(self, start: Dialect, recalled: Dialect | None = None) -> None:
        """Begin with what an earlier process has learnt, where one has."""
        self.current: Dialect = recalled or start
        self._start: Dialect = start
        self._is_recalled = recalled not in {None, start}
        self._is_spent = False

    def begin(self) -> None:
        """Start a request: what a request for which nothing was left had learnt is forgotten."""
        if self._is_spent:
            self.forget()

    def learn(self, used: Dialect, complaint: str) -> bool:
        """Take in a complaint about a request; tell whether another try is worth it.

        When nothing is left to take away, then it was not the dialect: the next request begins
        afresh, and so does this one where the dialect came from an earlier process.
        """
        if used != self.current:
            return True
        weaker = used.after(complaint)
        if weaker is not None:
            self.current = weaker
            return True
        if self._is_recalled:
            self.forget()
            return True
        self._is_spent = True
        return False

    def forget(self) -> None:
        """Begin afresh, as with a server that nobody knows."""
        self.current = self._start
        self._is_recalled = self._is_spent = False
