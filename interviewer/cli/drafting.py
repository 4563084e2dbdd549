"""Lets a candidate write in the editor, and keeps every saved word in the service as well."""

import time
from dataclasses import dataclass
from datetime import datetime

from interviewer.cli.editor import Editor
from interviewer.client import Client
from interviewer.clock import Clock
from interviewer.errors import InterviewerError, NotFound


@dataclass(frozen=True)
class Written:
    """What was written in one go."""

    text: str
    seconds: float


class Drafting:
    """Opens the editor on the newest draft, of the file and of the service."""

    def __init__(self, client: Client, editor: Editor, clock: Clock) -> None:
        self._client = client
        self._editor = editor
        self._clock = clock

    def write(
        self,
        name: str,
        below: str,
        *,
        draft_id: str,
        since: datetime | None = None,
        start: str = "",
    ) -> Written:
        """Return what the candidate wrote; `start` stands there where there is no draft.

        `name` is the draft's file, `draft_id` what the service knows the draft by; it follows
        what is saved while the editor is open. Drafts from before `since` are those of another
        sitting. Raises: InputError, AnswerRejected.
        """
        text = self._newest(name, draft_id, since) or start
        began = time.monotonic()

        def watch(saved: str) -> None:
            self._keep(draft_id, saved, time.monotonic() - began)

        written = self._editor.write(name, text, below, watch)
        if written != text:
            watch(written)
        return Written(written, round(time.monotonic() - began, 1))

    def done(self, name: str) -> None:
        """Drop the draft's file, once the service holds the answer."""
        self._editor.forget(name)

    def where(self, name: str) -> str:
        """Return where the draft lies."""
        return str(self._editor.path(name))

    def _newest(self, name: str, draft_id: str, since: datetime | None) -> str:
        kept = self._editor.kept(name)
        drafts = [] if kept is None else [(kept.saved_at, kept.text)]
        try:
            draft = self._client.draft(draft_id)
        except NotFound:
            pass
        else:
            drafts.append((draft.typed_at, draft.answer))
        fresh = [(at, text) for at, text in drafts if since is None or at >= since]
        return max(fresh, default=(None, ""), key=lambda each: each[0])[1]

    def _keep(self, draft_id: str, text: str, seconds: float) -> None:
        if not text:
            return
        try:
            self._client.save_draft(
                draft_id, text, typed_at=self._clock.now(), seconds=round(seconds, 1)
            )
        except InterviewerError:
            # The words are safe in the file; what is wrong is said when they are handed in.
            return
