from datetime import timedelta

import pytest

from interviewer.client import Client
from interviewer.domain.question import Question
from interviewer.errors import NotFound
from tests.api.conftest import ANSWER, Stage

SMALL = "small-question"


def test_history_is_read_in_pages_newest_first(client: Client, stage: Stage) -> None:
    stage.jobs.held = True
    for number in range(5):
        stage.clock.advance(seconds=1)
        client.grade(SMALL, f"{ANSWER} {number}")
    seen: list[str] = []
    cursor = None
    while True:
        page = client.attempts(limit=2, cursor=cursor)
        seen += [attempt.answer[-1] for attempt in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == ["4", "3", "2", "1", "0"]


def test_attempts_of_the_same_moment_are_each_seen_once(client: Client, stage: Stage) -> None:
    stage.jobs.held = True
    sent = {client.grade(SMALL, ANSWER).attempt_id for _ in range(3)}
    first = client.attempts(limit=2)
    second = client.attempts(limit=2, cursor=first.next)
    assert {attempt.id for attempt in first.items + second.items} == sent


def test_history_can_be_of_one_question(client: Client) -> None:
    client.grade(SMALL, ANSWER)
    other = client.grade("second-question", ANSWER)
    found = client.attempts(question_id="second-question").items
    assert [attempt.id for attempt in found] == [other.attempt_id]


def test_the_answer_is_kept_to_the_letter(client: Client) -> None:
    answer = "  a cache 😀 \r\n\tand <b>a backup</b>\u202e e\u0301 "
    grading = client.grade(SMALL, answer, seconds=12.5)
    attempt = client.attempt(grading.attempt_id)
    assert attempt.answer == answer
    assert attempt.seconds == 12.5


def test_a_draft_is_kept_until_it_is_submitted(client: Client, stage: Stage) -> None:
    with pytest.raises(NotFound):
        client.draft(SMALL)
    client.save_draft(SMALL, ANSWER, typed_at=stage.clock.now(), seconds=3)
    assert client.draft(SMALL).answer == ANSWER
    client.grade(SMALL, ANSWER)
    with pytest.raises(NotFound):
        client.draft(SMALL)


def test_what_was_typed_beyond_the_submitted_answer_stays(client: Client, stage: Stage) -> None:
    client.save_draft(SMALL, f"{ANSWER} And more.", typed_at=stage.clock.now())
    client.grade(SMALL, ANSWER)
    assert client.draft(SMALL).answer == f"{ANSWER} And more."


def test_of_two_drafts_the_one_typed_later_wins(client: Client, stage: Stage) -> None:
    now = stage.clock.now()
    client.save_draft(SMALL, "new", typed_at=now)
    kept = client.save_draft(SMALL, "old", typed_at=now - timedelta(seconds=5))
    assert kept.answer == "new"
    assert client.draft(SMALL).answer == "new"


def test_a_draft_of_no_question_is_refused(client: Client, stage: Stage) -> None:
    with pytest.raises(NotFound):
        client.save_draft("nobody", "x", typed_at=stage.clock.now())


def test_the_question_of_an_attempt_is_kept_as_it_was_asked(
    client: Client, sound: Question
) -> None:
    own = sound.model_copy(update={"prompt": "Asked by myself?"})
    grading = client.grade(own, ANSWER)
    asked = client.asked(grading.attempt_id)

    assert (asked.id, asked.prompt) == (sound.id, "Asked by myself?")
    assert asked.solution is not None
    with pytest.raises(NotFound):
        client.asked("nobody")
