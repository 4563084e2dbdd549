"""Every error that we raise.

    InterviewerError
    ├── InputError                what the caller sent cannot be used
    │   ├── AnswerRejected        an answer that is empty, too long or not text
    │   └── FaultyFiles           question files or prompts with faults, all of them listed
    ├── NotFound                  no such question, grading, attempt, interview or key
    ├── Conflict                  a state that forbids the step
    │   └── KeyReused             the same idempotency key with another body
    ├── NotAllowed                a key without the scope
    │   └── NotSignedIn           no key, or one that is unknown or revoked
    ├── LimitReached              too many requests, or the day's budget is spent
    ├── SetupError                settings, ports, folders or databases that cannot work
    ├── Unavailable               the service cannot be reached, is stopping, or failed
    └── GraderTrouble             the grader could not assess; never a score, never an HTTP 500
        └── ModelTrouble          the model's server gave no usable reply; `kind` says which way

Messages are one sentence that says what happened, to which named thing, and what to do.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class InterviewerError(Exception):
    """Anything that we raise on purpose; `str(error)` is fit for a user's eyes."""


class InputError(InterviewerError):
    """What the caller sent cannot be used; `field` names the part of it, where there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class AnswerRejected(InputError):
    """An answer that is empty, too long or not text."""

    def __init__(self, message: str, *, too_large: bool = False) -> None:
        super().__init__(message, field="answer")
        self.too_large = too_large


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in one file; `line` counts from 1, 0 where no line is known."""

    path: Path
    line: int
    where: str
    """The key path inside the file, such as `rubric.dimensions[1].criteria[0].statement`."""
    message: str

    def __str__(self) -> str:
        where = f" {self.where}:" if self.where else ""
        return f"{self.path}:{self.line}:{where} {self.message}"


class FaultyFiles(InputError):
    """Question files or prompts with faults; `faults` holds every one of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        files = len({fault.path for fault in faults})
        lines = "\n".join(str(fault) for fault in sorted(faults))
        super().__init__(
            f"{len(faults)} fault{'s'[: len(faults) != 1]} in {files} file{'s'[: files != 1]}; "
            f"mend them and try again:\n{lines}"
        )
        self.faults = faults


class NotFound(InterviewerError):
    """There is no such thing, or it is someone else's: callers cannot tell the two apart."""


class Conflict(InterviewerError):
    """Things are in a state that forbids the step."""


class KeyReused(Conflict):
    """The same idempotency key came with another body than the first time."""


class NotAllowed(InterviewerError):
    """The caller may not do this."""


class NotSignedIn(NotAllowed):
    """The caller has no key, or one that is unknown or revoked."""


class LimitReached(InterviewerError):
    """Too much for now; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SetupError(InterviewerError):
    """Settings, ports, folders or databases that cannot work; the command line exits with 2."""


class Unavailable(InterviewerError):
    """The service cannot be reached, is stopping, or failed; the same request may work later."""


class GraderTrouble(InterviewerError):
    """The grader could not assess something; the message becomes the grading's reason."""


class Trouble(StrEnum):
    """How a model's server can fail us."""

    KEY_REFUSED = "key_refused"
    FORBIDDEN = "forbidden"
    NO_SUCH_MODEL = "no_such_model"
    QUOTA_SPENT = "quota_spent"
    RATE_LIMITED = "rate_limited"
    SERVER_FAULT = "server_fault"
    UNREACHABLE = "unreachable"
    CONNECTION_LOST = "connection_lost"
    TIMEOUT = "timeout"
    REJECTED = "rejected"
    """The server did not like the request itself, such as a parameter it does not know."""
    TOO_LONG = "too_long"
    REFUSED = "refused"
    FILTERED = "filtered"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    BUDGET_SPENT = "budget_spent"

    @property
    def passes(self) -> bool:
        """Tell whether the same request may succeed a moment later."""
        return self in {
            Trouble.RATE_LIMITED,
            Trouble.SERVER_FAULT,
            Trouble.UNREACHABLE,
            Trouble.CONNECTION_LOST,
            Trouble.TIMEOUT,
        }


class ModelTrouble(GraderTrouble):
    """The model's server gave no usable reply; `retry_after` is what it asked for, in seconds."""

    def __init__(self, kind: Trouble, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after
