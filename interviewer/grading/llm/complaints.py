"""What a server's failures mean, in sentences that say what to do about them."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from interviewer.clock import Clock, SystemClock
from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.openai_wire import clip

_TOO_LONG = re.compile(
    r"context.{0,3}(?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|exceeds? the (?:available )?context",
    re.IGNORECASE,
)
_FILTERED = re.compile(r"content.?(?:filter|management policy|policy)", re.IGNORECASE)
_MODEL = re.compile(r"\bmodel\b|deployment", re.IGNORECASE)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing", re.IGNORECASE)
_TAG = re.compile(r"<(style|script|head)\b.*?</\1>|<[^<>]{1,400}>", re.IGNORECASE | re.DOTALL)
_NOT_THIS_API = "this server knows no Chat Completions; it wants v1/responses"


class Complaints:
    """Words one server's failures; `server` is host and port, never a key."""

    def __init__(self, server: str, model: str, clock: Clock | None = None) -> None:
        self._server = server
        self._model = model
        self._clock = clock or SystemClock()

    def of_status(
        self, status: int, message: str, headers: Mapping[str, str], *, chat: bool = True
    ) -> ModelTrouble:
        """Return the trouble that an HTTP status means."""
        message = _TAG.sub(" ", message)
        if status == 401:
            return self._trouble(
                Trouble.KEY_REFUSED, "refused the API key (401); set OPENAI_API_KEY to a valid one."
            )
        if status == 403:
            return self._trouble(
                Trouble.FORBIDDEN,
                f"does not let this key use the model {self._model!r} (403); choose another with "
                "INTERVIEWER_MODEL or ask for access.",
            )
        if status == 402:
            return self._quota(status)
        if status in {404, 405}:
            return self._not_found(message, chat=chat)
        if status == 429:
            return self._too_many(message, headers)
        if status in {408, 409} or status >= 500:
            return self._trouble(
                Trouble.SERVER_FAULT,
                f"failed ({status}); grade again in a minute.",
                retry_after=self._retry_after(headers),
            )
        return self._bad_request(status, message)

    def _not_found(self, message: str, *, chat: bool) -> ModelTrouble:
        if _MODEL.search(message):
            if chat and "v1/responses" in message:
                return ModelTrouble(Trouble.REJECTED, message)
            return self._trouble(
                Trouble.NO_SUCH_MODEL,
                f"has no model {self._model!r} (404); set INTERVIEWER_MODEL to one that "
                "`interviewer doctor` lists.",
            )
        if chat:
            return ModelTrouble(Trouble.REJECTED, _NOT_THIS_API)
        return self._trouble(
            Trouble.NO_SUCH_MODEL,
            "has no OpenAI-style API at this address (404); check OPENAI_BASE_URL: it usually "
            "ends in /v1.",
        )

    def _too_many(self, message: str, headers: Mapping[str, str]) -> ModelTrouble:
        if _QUOTA.search(message):
            return self._quota(429)
        wait = self._retry_after(headers)
        when = f"in {wait:.0f} s" if wait else "in a minute"
        return self._trouble(
            Trouble.RATE_LIMITED,
            f"takes no more requests for now (429); grade again {when}, or set "
            "INTERVIEWER_REQUESTS_PER_MINUTE.",
            retry_after=wait,
        )

    def _quota(self, status: int) -> ModelTrouble:
        return self._trouble(
            Trouble.QUOTA_SPENT,
            f"says that the account's quota is spent ({status}); check plan and billing, or grade "
            "offline.",
        )

    def _bad_request(self, status: int, message: str) -> ModelTrouble:
        if status == 413 or _TOO_LONG.search(message):
            return self._trouble(
                Trouble.TOO_LONG,
                f"says that question and answer are too long for the model {self._model!r}; "
                "shorten the answer or choose a model with a larger context.",
            )
        if _FILTERED.search(message):
            return self.filtered()
        return self._trouble(
            Trouble.REJECTED, f"rejected the request ({status}): {clip(message) or 'no reason'}"
        )

    def inside(self, message: str, code: str | int | None) -> ModelTrouble:
        """Return the trouble that an error means which comes in a reply of status 200."""
        status = int(str(code)) if str(code).isdigit() else 0
        if 400 <= status < 600:
            return self.of_status(status, message, {})
        return self._trouble(
            Trouble.SERVER_FAULT,
            f"failed in the middle of its reply: {clip(message) or 'no reason given'}",
        )

    def filtered(self) -> ModelTrouble:
        return self._trouble(
            Trouble.FILTERED,
            "stopped at its content filter; reword the passage that may have set it off, or grade "
            "offline.",
        )

    def timeout(self, seconds: float) -> ModelTrouble:
        return self._trouble(
            Trouble.TIMEOUT,
            f"sent no complete reply within {seconds:.0f} s; grade again, or raise "
            "INTERVIEWER_DEADLINE_SECONDS.",
        )

    def unreachable(self) -> ModelTrouble:
        return self._trouble(
            Trouble.UNREACHABLE,
            "cannot be reached; start it or check OPENAI_BASE_URL, or grade offline.",
        )

    def lost(self) -> ModelTrouble:
        return self._trouble(
            Trouble.CONNECTION_LOST, "broke the connection in the middle; grade again."
        )

    def unreadable(self) -> ModelTrouble:
        return self._trouble(
            Trouble.UNREADABLE,
            "sent something that is not an OpenAI-style reply; check OPENAI_BASE_URL.",
        )

    def _trouble(
        self, kind: Trouble, predicate: str, *, retry_after: float | None = None
    ) -> ModelTrouble:
        return ModelTrouble(
            kind, f"The model's server {self._server} {predicate}", retry_after=retry_after
        )

    def _retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Return the seconds asked for, as RFC 9110 §10.2.3 and OpenAI's own header give them."""
        milliseconds = headers.get("retry-after-ms", "")
        if milliseconds.isdigit():
            return int(milliseconds) / 1000
        value = headers.get("retry-after", "").strip()
        if not value:
            return None
        try:
            return max(0.0, float(value))
        except ValueError:
            return self._until(value)

    def _until(self, date: str) -> float | None:
        try:
            moment = parsedate_to_datetime(date)
        except ValueError:
            return None
        return max(0.0, (moment - self._clock.now()).total_seconds()) if moment.tzinfo else None
