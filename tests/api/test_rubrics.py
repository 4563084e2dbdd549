import pytest
import yaml
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.ruling import Verdict
from interviewer.errors import InputError
from tests.api.conftest import ANSWER, Stage
from tests.domain.questions import SMALL

OWN = yaml.safe_dump(SMALL.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def test_every_fault_of_a_question_file_is_told(client: Client) -> None:
    faults = client.rubrics.check("id: Not A Slug\ntitle: ''\n").faults
    assert {fault.where for fault in faults} >= {"id", "title", "prompt"}


def test_a_topic_that_nobody_knows_is_a_fault_at_its_line(client: Client) -> None:
    text = OWN.replace(f"topic: {SMALL.topic}", "topic: astrology")
    (fault,) = [each for each in client.rubrics.check(text).faults if each.where == "topic"]

    assert text.splitlines()[fault.line - 1] == "topic: astrology"


def test_a_reference_answer_that_fails_its_own_rubric_is_a_fault(client: Client) -> None:
    found = [each.where for each in client.rubrics.check(OWN).faults]

    assert "reference_answer" in found


def test_an_answer_is_tried_on_a_question_and_nothing_is_kept(client: Client, stage: Stage) -> None:
    grading = client.rubrics.try_on(OWN, ANSWER)

    met = {c.id for d in grading.dimensions for c in d.criteria if c.verdict is Verdict.MET}
    assert met == {"cache"}
    assert client.attempts().items == ()


def test_a_file_without_a_question_cannot_be_tried(client: Client) -> None:
    with pytest.raises(InputError, match="mend what the check names"):
        client.rubrics.try_on("id: alone\n", ANSWER)
    with pytest.raises(InputError, match="longer than"):
        client.rubrics.try_on(OWN, "x" * 20_000)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/etc/passwd", id="a path"),
        pytest.param("file:///etc/passwd", id="an address"),
        pytest.param("!!python/object/apply:os.system [id]", id="a tag"),
        pytest.param("a: &x [1]\nb: *x\n", id="an alias"),
    ],
)
def test_a_text_is_only_ever_data(client: Client, text: str) -> None:
    assert client.rubrics.check(text).faults


def test_a_file_may_not_be_larger_than_its_cap(http: TestClient) -> None:
    reply = http.post("/v1/rubrics/check", json={"text": "x" * 200_001})

    assert reply.status_code == 413


def test_the_file_to_start_from_has_only_what_its_answer_earns_here_against_it(
    client: Client,
) -> None:
    faults = client.rubrics.check(client.rubrics.scaffold()).faults

    assert {each.where for each in faults} <= {"reference_answer"}
