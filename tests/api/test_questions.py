import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.domain.grading import GraderKind
from interviewer.errors import InputError, NotFound
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"


def test_a_question_shows_no_answer_key_before_an_attempt(client: Client, http: TestClient) -> None:
    question = client.question(SMALL)
    assert question.solution is None
    assert [each.id for each in question.dimensions] == ["storage", "safety"]
    text = http.get(f"/v1/questions/{SMALL}").text
    assert "Names the cache of the system" not in text
    assert "because it holds under load" not in text


def test_an_attempt_unlocks_the_solution(client: Client) -> None:
    client.grade(SMALL, ANSWER)
    question = client.question(SMALL)
    assert question.solution is not None
    assert question.study_mode is False
    assert question.attempts == 1


def test_study_mode_unlocks_the_solution_and_marks_attempts(client: Client) -> None:
    before = client.grade(SMALL, ANSWER)
    assert client.study(SMALL).solution is not None
    after = client.grade(SMALL, ANSWER)
    assert client.attempt(before.attempt_id).study_mode is False
    assert client.attempt(after.attempt_id).study_mode is True


def test_cards_show_how_often_and_how_well(client: Client) -> None:
    grading = client.grade(SMALL, ANSWER, wait=10)
    assert grading.score is not None
    card = next(card for card in client.questions() if card.id == SMALL)
    assert card.attempts == 1
    assert card.best is not None
    assert card.best.percent == grading.score.percent
    assert card.best.grader is GraderKind.LLM


def test_questions_can_be_filtered_by_what_was_practised(client: Client) -> None:
    client.grade(SMALL, ANSWER)
    assert [card.id for card in client.questions(practised=True)] == [SMALL]
    assert [card.id for card in client.questions(practised=False)] == ["second-question"]
    assert [card.id for card in client.questions(q="another")] == ["second-question"]
    assert client.questions(topic="nothing") == ()


def test_lists_are_cut_into_pages(http: TestClient) -> None:
    first = http.get("/v1/questions", params={"limit": 1}).json()
    second = http.get("/v1/questions", params={"limit": 1, "cursor": first["next"]}).json()
    assert [len(first["items"]), len(second["items"]), second["next"]] == [1, 1, None]
    assert first["items"] != second["items"]


def test_topics_count_their_questions(client: Client) -> None:
    client.grade(SMALL, ANSWER)
    assert [(t.id, t.questions, t.practised) for t in client.topics()] == [("mlops", 2, 1)]


def test_an_unknown_question_is_a_404(client: Client) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        client.question("nobody")


def test_a_cursor_of_another_list_is_refused(stage: Stage, client: Client) -> None:
    with pytest.raises(InputError, match="cursor"):
        client.attempts(cursor="nonsense")
    with pytest.raises(NotFound, match="cursor"):
        client.attempts(cursor="c.nonsense")
