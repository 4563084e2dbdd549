import pytest

from interviewer.client import Client
from interviewer.domain.interview import StepState
from interviewer.errors import Conflict, InputError, NotFound
from interviewer.wire import InterviewRequest, InterviewRoom
from tests.api.conftest import ANSWER, Stage


def start(client: Client, **wanted: int | bool) -> InterviewRoom:
    request = InterviewRequest.model_validate({"questions": 2, "minutes": 30, **wanted})
    return client.interviews.start(request)


def settle(client: Client, room: InterviewRoom) -> InterviewRoom:
    """Wait until the answer of the step that is on has been read."""
    grading_id = room.steps[min(room.place, len(room.steps) - 1)].grading_id
    if grading_id is not None:
        list(client.events(grading_id))
    return client.interviews.room(room.id)


def test_what_is_still_to_come_is_not_given_away(client: Client) -> None:
    room = start(client)

    assert [step.state for step in room.steps] == [StepState.QUESTION, StepState.WAITING]
    assert room.steps[0].title
    assert room.steps[1].prompt == room.steps[1].title == ""


def test_after_an_answer_one_follow_up_aims_at_the_largest_loss(client: Client) -> None:
    room = start(client)
    room = settle(client, client.interviews.answer(room.id, 0, "It depends on many things here."))

    assert room.steps[0].state is StepState.FOLLOW_UP
    assert room.steps[0].follow_up == "And the first?"


def test_the_question_that_was_tried_least_is_asked_first(client: Client) -> None:
    client.grade("small-question", ANSWER, wait=10)
    for _ in range(4):
        asked = [start(client, questions=1).steps[0].question_id for _ in range(2)]
        assert asked == ["second-question"] * 2
    client.grade("second-question", ANSWER, wait=10)
    client.grade("second-question", ANSWER, wait=10)

    assert start(client, questions=1).steps[0].question_id == "small-question"


def test_there_is_no_follow_up_where_the_candidate_wants_none(client: Client) -> None:
    room = start(client, follow_ups=False)
    room = settle(client, client.interviews.answer(room.id, 0, "It depends on many things here."))

    assert room.place == 1


def test_the_same_answer_sent_from_two_tabs_is_one_attempt(client: Client) -> None:
    room = start(client)
    client.interviews.answer(room.id, 0, ANSWER)
    client.interviews.answer(room.id, 0, ANSWER + " And more from the other tab.")

    assert len(client.attempts().items) == 1


def test_a_whole_interview_ends_in_a_report_with_three_figures(client: Client) -> None:
    room = start(client, questions=1)
    room = client.interviews.hint(room.id)
    assert room.steps[0].hints == ("Think of the cache.",)
    room = client.interviews.clarify(room.id, "Which colour is the building?")
    assert not room.steps[0].exchanges[0].is_fact
    with pytest.raises(Conflict):
        client.interviews.report(room.id)

    room = settle(client, client.interviews.answer(room.id, 0, ANSWER))
    if room.steps[0].state is StepState.FOLLOW_UP:
        room = client.interviews.answer(room.id, 0, "And then an index in memory.")
    report = client.interviews.report(room.id)

    (step,) = report.steps
    assert step.figures is not None
    assert step.grading is not None
    assert step.grading.score is not None
    assert step.figures.graded == step.grading.score.percent
    assert step.figures.hints == 5
    assert report.percent == step.figures.total
    assert 1 <= len(report.to_practise) <= 3


def test_an_unanswered_question_counts_as_nothing_and_is_said(client: Client) -> None:
    room = start(client)
    client.interviews.finish(room.id)
    report = client.interviews.report(room.id)

    assert (report.unanswered, report.percent) == (2, 0)


def test_when_the_time_is_over_the_draft_is_handed_in(client: Client, stage: Stage) -> None:
    room = start(client)
    question = room.steps[0].question_id
    stage.clock.advance(minutes=10)
    client.save_draft(question, ANSWER, typed_at=stage.clock.now(), seconds=500)
    stage.clock.advance(minutes=21)
    room = client.interviews.room(room.id)

    assert room.over
    assert client.attempts().items[0].answer == ANSWER


def test_a_draft_from_long_after_the_end_stays_a_draft(client: Client, stage: Stage) -> None:
    room = start(client)
    question = room.steps[0].question_id
    stage.clock.advance(minutes=31)
    client.save_draft(question, ANSWER, typed_at=stage.clock.now())

    assert client.interviews.room(room.id).over
    assert client.attempts().items == ()
    assert client.draft(question).answer == ANSWER


def test_the_draft_of_a_follow_up_is_kept_and_handed_in_too(client: Client, stage: Stage) -> None:
    room = start(client)
    room = settle(client, client.interviews.answer(room.id, 0, "It depends on many things here."))
    stage.clock.advance(minutes=10)
    client.save_draft(room.steps[0].draft_id, "A cache in front.", typed_at=stage.clock.now())
    stage.clock.advance(minutes=21)
    report = client.interviews.report(client.interviews.room(room.id).id)

    assert report.steps[0].follow_up_answer == "A cache in front."


def test_finishing_early_hands_in_what_stands_in_the_box(client: Client, stage: Stage) -> None:
    room = start(client)
    client.save_draft(room.steps[0].question_id, ANSWER, typed_at=stage.clock.now())
    client.interviews.finish(room.id)

    assert client.interviews.report(room.id).steps[0].answer == ANSWER
    assert client.attempts().items[0].answer == ANSWER


def test_an_answer_read_after_the_end_is_not_followed_up(client: Client, stage: Stage) -> None:
    stage.jobs.held = True
    room = start(client)
    client.interviews.answer(room.id, 0, ANSWER)
    stage.clock.advance(hours=1)

    assert client.interviews.report(room.id).steps[0].follow_up is None


def test_one_gap_of_each_question_comes_before_a_second_of_any(client: Client) -> None:
    room = start(client, follow_ups=False)
    for place in (0, 1):
        words = f"It depends on many things here, the {place + 1}. time around as well."
        room = settle(client, client.interviews.answer(room.id, place, words))
        room = client.interviews.room(room.id)
    first, second, _ = client.interviews.report(room.id).to_practise

    assert first.question_id != second.question_id


def test_an_answer_on_its_way_at_zero_still_counts(client: Client, stage: Stage) -> None:
    room = start(client)
    stage.clock.advance(minutes=30, seconds=5)
    client.interviews.answer(room.id, 0, ANSWER)

    assert client.attempts().items[0].answer == ANSWER


def test_after_the_end_nothing_more_is_taken(client: Client, stage: Stage) -> None:
    room = start(client)
    stage.clock.advance(hours=1)
    client.interviews.room(room.id)

    with pytest.raises(Conflict, match="is over"):
        client.interviews.answer(room.id, 0, ANSWER)


def test_more_questions_than_there_are_is_bad_input(client: Client) -> None:
    with pytest.raises(InputError, match="Only 2 questions fit"):
        start(client, questions=5)


def test_hints_run_out_with_a_sentence(client: Client) -> None:
    room = start(client)
    client.interviews.hint(room.id)

    with pytest.raises(InputError, match="no more hints"):
        client.interviews.hint(room.id)


def test_an_unknown_interview_is_not_found(client: Client) -> None:
    with pytest.raises(NotFound):
        client.interviews.room("none")


def test_interviews_are_listed_newest_first(client: Client, stage: Stage) -> None:
    first = start(client)
    stage.clock.advance(minutes=1)
    second = start(client)

    assert [each.id for each in client.interviews.newest()] == [second.id, first.id]


def test_after_the_answer_there_are_no_more_hints(client: Client) -> None:
    room = start(client)
    room = settle(client, client.interviews.answer(room.id, 0, "It depends on many things here."))

    with pytest.raises(Conflict, match="end with the answer"):
        client.interviews.hint(room.id)
