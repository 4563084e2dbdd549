from pathlib import Path

import pytest

from interviewer.catalog.questions import read_bank
from interviewer.errors import InputError
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.left_out import LeftOutGrader, read_left_out
from interviewer.resources import rubrics
from tests.grading.drift import QUESTION

FILE = Path(__file__).parents[2] / "evaluation" / "dev_set" / "left_out.json"


def test_each_question_is_graded_with_the_weights_fitted_without_it() -> None:
    left_out = read_left_out(FILE)
    grader = LeftOutGrader(left_out)
    for question in read_bank([rubrics()]):
        if question.id in left_out.lexical.weights:
            alone = OfflineGrader(rule=left_out.rule_without(question.id))
            answer = question.anchors[0].answer
            assert grader.of(question).judge(question, answer) == alone.judge(question, answer)


def test_a_question_that_was_never_left_out_is_refused() -> None:
    with pytest.raises(InputError, match="no weights fitted without the question 'drift'"):
        LeftOutGrader(read_left_out(FILE)).of(QUESTION)


def test_a_file_of_anything_else_is_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "rule.json"
    other.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="no file of left-out weights"):
        read_left_out(other)
    with pytest.raises(InputError, match="cannot be read"):
        read_left_out(tmp_path / "none.json")


def test_gradings_tell_the_weights_that_made_them() -> None:
    left_out = read_left_out(FILE)
    plain, without = OfflineGrader().settings, LeftOutGrader(left_out).settings
    assert without["rule"] != plain["rule"]
    rule = left_out.rule_without(next(iter(left_out.lexical.weights)))
    assert OfflineGrader(rule=rule).settings["weights"] != plain["weights"]
