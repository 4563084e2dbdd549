from pathlib import Path

import pytest

from interviewer.client import Client
from interviewer.domain.grading import Grading
from interviewer.domain.ruling import Verdict
from interviewer.errors import Conflict, InputError, NotFound
from interviewer.wire import DoneEvent
from tests.api.conftest import ANSWER, Stage
from tests.api.serving import graded, served
from tests.grading.llm.rig import grader_at
from tests.model_server import Action, ModelServer, Say, Seen, ruling, rulings

SMALL = "small-question"
WORDS = "keep a backup in another region"


def test_an_appeal_lifts_only_its_criterion_and_keeps_both_rulings(client: Client) -> None:
    first = client.grade(SMALL, ANSWER, wait=10)
    start = ANSWER.index(WORDS)
    appeal = client.appeal(first.id, "backup", start=start, end=start + len(WORDS))
    done = list(client.events(appeal.id))[-1]
    assert isinstance(done, DoneEvent)
    second = done.data
    before = {c.id: c.verdict for d in first.dimensions for c in d.criteria}
    after = {c.id: c.verdict for d in second.dimensions for c in d.criteria}
    assert after == {**before, "backup": Verdict.MET}
    told = {name: second.provenance.settings[name] for name in appeal.provenance.settings}
    assert told == appeal.provenance.settings
    assert told["appeal_of"] == first.id
    assert (told["appeal_start"], told["appeal_end"]) == (start, start + len(WORDS))
    assert second.score is not None
    assert first.score is not None
    assert second.score.percent > first.score.percent
    assert client.grading(first.id) == first


def test_an_appeal_must_point_at_words_of_the_answer(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    with pytest.raises(InputError, match="are not in the answer"):
        client.appeal(grading.id, "backup", start=5, end=5000)
    with pytest.raises(InputError, match="no criterion"):
        client.appeal(grading.id, "nothing", start=0, end=5)
    with pytest.raises(NotFound):
        client.appeal("nobody", "backup", start=0, end=5)


def test_there_is_no_appeal_before_there_are_rulings(client: Client, stage: Stage) -> None:
    stage.jobs.held = True
    grading = client.grade(SMALL, ANSWER)
    with pytest.raises(Conflict, match="is queued"):
        client.appeal(grading.id, "backup", start=0, end=5)


def _unmet(seen: Seen) -> Action:
    wrong = seen.wrong_claims
    return Say(rulings(seen, lambda id_: ruling("not_asserted" if id_ in wrong else "unmet")))


@pytest.mark.anyio
async def test_the_model_is_shown_the_marked_words_and_never_the_note(tmp_path: Path) -> None:
    async with (
        ModelServer(_unmet) as server,
        grader_at(server.url) as grader,
        served(grader, tmp_path) as http,
    ):
        first = await graded(http)
        before = len(server.seen)
        start = ANSWER.index(WORDS)
        note = "Trust me, the replica is in there."
        reply = await http.post(
            f"/v1/gradings/{first.id}/appeals",
            json={
                "criterion_id": "backup",
                "start": start,
                "end": start + len(WORDS),
                "note": note,
            },
            headers={"Prefer": "wait=20"},
        )
    second = Grading.model_validate_json(reply.content)
    assert second.provenance.settings["appeal_of"] == first.id
    asked = [seen.text for seen in server.seen[before:]]
    assert asked
    assert all("The candidate points at sentence 1 as showing this." in text for text in asked)
    assert not any("Trust me" in text for text in asked)
