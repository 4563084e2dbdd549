"""Gathers a reply from what arrives: one body, or the events of a stream, of either API."""

from typing import Protocol

from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.chat_model import Ending, Reply, TokenCounts
from interviewer.grading.llm.complaints import Complaints
from interviewer.grading.llm.dialect import Api
from interviewer.grading.llm.openai_wire import (
    ChatBody,
    ResponsesBody,
    ResponsesEvent,
    ServerError,
    parse,
)

_ENDINGS = {
    "length": Ending.LENGTH,
    "max_tokens": Ending.LENGTH,
    "max_output_tokens": Ending.LENGTH,
    "content_filter": Ending.FILTERED,
    "safety": Ending.FILTERED,
}


class Gathering(Protocol):
    """Takes what arrives, piece by piece. Each method raises ModelTrouble for what it says."""

    text: str
    """What the model has said so far."""

    def take_event(self, data: bytes) -> None:
        """Take the JSON of one event of a stream."""
        ...

    def take_body(self, data: bytes) -> None:
        """Take the JSON of a whole reply."""
        ...

    def reply(self) -> Reply:
        """Return what was said, once all of it is here."""
        ...


def gathering(api: Api, complaints: Complaints) -> Gathering:
    """Return what gathers a reply of this API."""
    return _Chat(complaints) if api is Api.CHAT else _Responses(complaints)


class _Chat:
    def __init__(self, complaints: Complaints) -> None:
        self.text = ""
        self._complaints = complaints
        self._refusal = self._aside = self._called = ""
        self._ending: str | None = None
        self._tokens = TokenCounts()
        self._has_choice = False
        self._streams = False

    def take_event(self, data: bytes) -> None:
        self._streams = True
        self.take_body(data)

    def take_body(self, data: bytes) -> None:
        body = parse(ChatBody, data)
        _check(self._complaints, body.error or (None if body.choices else body.detail))
        self._tokens = body.counted.counts() if body.counted else self._tokens
        for choice in (body.choices or ())[:1]:
            self._has_choice = True
            self._ending = choice.finish_reason or self._ending
            said = choice.message or choice.delta
            if said:
                self.text += said.content or ""
                self._refusal += said.refusal or ""
                self._aside += said.reasoning_content or said.reasoning or ""
                self._called += said.called

    def reply(self) -> Reply:
        if not self._has_choice:
            message = "The server's reply held no choice; grade again."
            raise ModelTrouble(Trouble.UNREADABLE, message)
        if self._streams and self._ending is None and self.text:
            return Reply(self.text, Ending.BROKEN, self._tokens)
        ending = _ENDINGS.get((self._ending or "").lower(), Ending.FINISHED)
        return _reply(self._spoken(), self._refusal, ending, self._tokens)

    def _spoken(self) -> str:
        """Return the content, or JSON that a server has put into a tool call or the reasoning."""
        if self.text.strip() or self._refusal:
            return self.text
        aside = self._aside.strip()
        return self._called or (aside if aside.startswith("{") else "")


class _Responses:
    def __init__(self, complaints: Complaints) -> None:
        self.text = ""
        self._complaints = complaints
        self._body: ResponsesBody | None = None

    def take_event(self, data: bytes) -> None:
        event = parse(ResponsesEvent, data)
        if event.type == "error":
            _check(self._complaints, event.error or event.message or "")
        self._body = event.response or self._body
        if event.type == "response.output_text.delta" and event.delta:
            self.text += event.delta

    def take_body(self, data: bytes) -> None:
        self._body = parse(ResponsesBody, data)

    def reply(self) -> Reply:
        body = self._body or ResponsesBody()
        _check(self._complaints, body.error or (None if body.output else body.detail))
        parts = [part for item in body.output or () for part in item.content or ()]
        if not parts and self.text:
            return Reply(self.text, Ending.BROKEN)
        if not parts and body.status != "incomplete":
            message = "The server's reply held no output; grade again."
            raise ModelTrouble(Trouble.UNREADABLE, message)
        reason = body.incomplete_details.reason if body.incomplete_details else None
        return _reply(
            "".join(part.text or "" for part in parts if part.type != "refusal"),
            "".join(part.refusal or "" for part in parts),
            _ENDINGS.get(reason or "", Ending.FINISHED),
            body.usage.counts() if body.usage else TokenCounts(),
        )


def _reply(text: str, refusal: str, ending: Ending, tokens: TokenCounts) -> Reply:
    if refusal and not text:
        return Reply(refusal, Ending.REFUSED, tokens)
    return Reply(text, ending, tokens)


def _check(complaints: Complaints, error: ServerError | str | None) -> None:
    """Raise what a server says inside a reply that began well (status 200)."""
    if error is None:
        return
    if isinstance(error, str):
        raise complaints.inside(error, None)
    raise complaints.inside(error.message or "", error.code)
