import pytest
from pydantic import ValidationError

from interviewer.wire import GradingRequest, QuestionDetail, QuestionSummary


def test_a_question_on_a_card_carries_no_answer_key() -> None:
    locked = {"rubric", "criteria", "reference_answer", "anchors", "misconceptions"}
    assert not locked & set(QuestionSummary.model_fields)
    assert not locked & set(QuestionDetail.model_fields)


def test_a_grading_request_names_exactly_one_question() -> None:
    with pytest.raises(ValidationError, match="either question_id or question"):
        GradingRequest(answer="words")


def test_auto_leaves_the_choice_of_the_grader_to_the_service() -> None:
    asked = {"question_id": "drift-monitoring", "answer": "words"}
    assert GradingRequest.model_validate({**asked, "grader": "auto"}).grader is None
