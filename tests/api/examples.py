"""Makes the examples of the API's document by asking the service for everything once.

    python -m tests.api.examples

writes `interviewer/api/examples.json`. Lists are cut, so that the document stays readable.
"""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi.testclient import TestClient
from pydantic import JsonValue

from interviewer.api.app import create_app
from interviewer.api.document import EXAMPLES
from interviewer.bootstrap import question_bank
from interviewer.settings import Settings
from interviewer.store.database import Database
from tests.browser.stage import PhraseGrader
from tests.fakes import FrozenClock
from tests.staging import staged

QUESTION = "drift-monitoring"
ANSWER = (
    "I would compute PSI for the most important features against a frozen training snapshot every "
    "day, alert above 0.2, and look at a champion and a challenger before retraining."
)
NOW = "2026-01-05T09:00:00Z"
WHOLE = {"options", "why"}
"""Lists of a fixed length."""


@dataclass
class Recorder:
    """Asks the service and keeps what was said."""

    http: TestClient
    kept: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    def ask(
        self,
        operation: str,
        request: JsonValue = None,
        *,
        query: Mapping[str, str] | None = None,
        ids: Mapping[str, str] | None = None,
        lines: str | None = None,
    ) -> dict[str, JsonValue]:
        """Send one request, keep it as the operation's example, and return the reply."""
        method, template = operation.split()
        path = re.sub(r"\{(\w+)\}", lambda found: (ids or {})[found[1]], template)
        headers = {"Prefer": "wait=30"}
        if lines is not None:
            headers["Content-Type"] = "application/jsonl"
        reply = self.http.request(
            method, path, json=request, content=lines, params=query, headers=headers
        )
        assert reply.status_code < 300, f"{operation}: {reply.text}"
        example: dict[str, JsonValue] = {"status": reply.status_code}
        parameters: dict[str, JsonValue] = {**(ids or {}), **(query or {})}
        if parameters:
            example["parameters"] = parameters
        if request is not None:
            example["request"] = request
        said: JsonValue = None
        if reply.content:
            kind = reply.headers["content-type"].partition(";")[0]
            said = reply.json() if kind == "application/json" else reply.text[:600]
            example |= {"type": kind, "response": cut(said)}
        self.kept[operation] = example
        return said if isinstance(said, dict) else {}


def cut(value: JsonValue, name: str = "") -> JsonValue:
    """Return the value with one item left of each list whose length is free."""
    if isinstance(value, dict):
        return {key: cut(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [cut(each) for each in (value if name in WHOLE else value[:1])]
    return value


def record(http: TestClient) -> dict[str, JsonValue]:
    """Ask for everything in the order in which a candidate would."""
    it = Recorder(http)
    for operation in ("GET /health/live", "GET /health/ready", "GET /v1/about", "GET /v1/topics"):
        it.ask(operation)
    it.ask("GET /v1/questions", query={"topic": "monitoring-and-drift", "limit": "20"})
    it.ask("GET /v1/questions/{question_id}", ids={"question_id": QUESTION})
    it.ask("PUT /v1/questions/{question_id}/study", ids={"question_id": "kv-cache-memory"})
    it.ask("POST /v1/rubrics/check", {"text": "id: my-own\ntitle: A question of mine\n"})
    it.ask("GET /v1/rubrics/scaffold")
    scaffold = it.http.get("/v1/rubrics/scaffold").text
    it.ask("POST /v1/rubrics/trials", {"text": scaffold, "answer": ANSWER})
    it.ask("POST /v1/estimates", {"question_id": QUESTION, "answer": ANSWER})
    it.ask("PUT /v1/consent", {"server": "api.openai.com", "model": "gpt-5-mini"})
    _practise(it)
    _sit(it)
    rows = json.dumps({"id": "1", "question_id": QUESTION, "answer": ANSWER})
    batch = it.ask("POST /v1/batches", lines=f"{rows}\n", query={"grader": "auto"})
    one = {"batch_id": str(batch["id"])}
    it.ask("GET /v1/batches", query={"limit": "20"})
    it.ask("GET /v1/batches/{batch_id}", ids=one)
    it.ask("GET /v1/batches/{batch_id}/results", ids=one)
    it.ask("POST /v1/batches/{batch_id}/cancel", ids=one)
    it.ask("GET /v1/warm-ups", query={"seed": "monday", "limit": "1"})
    choice: JsonValue = {"seed": "monday", "choice": 1}
    it.ask("POST /v1/warm-ups/{question_id}/choices", choice, ids={"question_id": QUESTION})
    it.ask("GET /v1/progress")
    it.ask("GET /v1/review-queue", query={"limit": "20"})
    it.ask("GET /v1/export", query={"format": "json"})
    it.ask("GET /metrics")
    it.ask("DELETE /v1/me/history")
    return dict(sorted(it.kept.items()))


def _practise(it: Recorder) -> None:
    draft: JsonValue = {"answer": "I would compute", "seconds": 12.5, "typed_at": NOW}
    it.ask("PUT /v1/drafts/{question_id}", draft, ids={"question_id": QUESTION})
    it.ask("GET /v1/drafts/{question_id}", ids={"question_id": QUESTION})
    grading = it.ask(
        "POST /v1/gradings", {"question_id": QUESTION, "answer": ANSWER, "seconds": 312}
    )
    of: dict[str, str] = {"grading_id": str(grading["id"])}
    it.ask("GET /v1/gradings/{grading_id}", ids=of)
    it.ask("GET /v1/gradings/{grading_id}/events", ids=of)
    it.ask("POST /v1/gradings/{grading_id}/cancel", ids=of)
    it.ask("POST /v1/gradings/{grading_id}/outline", ids=of)
    appeal: JsonValue = {
        "criterion_id": "data_drift",
        "start": 0,
        "end": 20,
        "note": "This is where I say it.",
    }
    it.ask("POST /v1/gradings/{grading_id}/appeals", appeal, ids=of)
    it.ask("POST /v1/gradings/{grading_id}/regrade", {"grader": "offline"}, ids=of)
    it.ask("GET /v1/attempts", query={"question_id": QUESTION, "limit": "20"})
    attempt = {"attempt_id": str(grading["attempt_id"])}
    it.ask("GET /v1/attempts/{attempt_id}", ids=attempt)
    it.ask("GET /v1/attempts/{attempt_id}/question", ids=attempt)


def _sit(it: Recorder) -> None:
    wanted: JsonValue = {"role": "ML platform engineer", "questions": 1, "minutes": 30}
    room = it.ask("POST /v1/interviews", wanted)
    of: dict[str, str] = {"interview_id": str(room["id"])}
    it.ask("GET /v1/interviews", query={"limit": "20"})
    it.ask("GET /v1/interviews/{interview_id}", ids=of)
    asked: JsonValue = {"text": "How many requests a second are there?"}
    it.ask("POST /v1/interviews/{interview_id}/clarifications", asked, ids=of)
    it.ask("POST /v1/interviews/{interview_id}/hints", ids=of)
    answer: JsonValue = {"step": 0, "answer": ANSWER, "seconds": 540}
    it.ask("POST /v1/interviews/{interview_id}/answers", answer, ids=of)
    it.ask("POST /v1/interviews/{interview_id}/finish", ids=of)
    it.ask("GET /v1/interviews/{interview_id}/report", ids=of)


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        services, _ = staged(
            question_bank(Settings.read({})),
            Database(f"sqlite:///{folder}/examples.sqlite3"),
            FrozenClock(),
            PhraseGrader(),
            lambda answer: None,
            ("localhost",),
        )
        with TestClient(create_app(services), base_url="http://localhost") as http:
            kept = record(http)
    Path(EXAMPLES).write_text(
        json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
