import math

from interviewer.grading.offline.comparison import Comparison, compare
from interviewer.grading.offline.passages import AnswerView
from interviewer.grading.offline.rubric_index import QuestionIndex
from interviewer.grading.offline.rule import read_rule
from interviewer.grading.segments import split
from tests.grading.drift import QUESTION, STRONG

INDEX = QuestionIndex(QUESTION)


def _compare(answer: str) -> Comparison:
    return compare(INDEX.criteria, AnswerView(split(answer)), None)


def test_every_criterion_stands_beside_every_passage() -> None:
    compared = _compare(STRONG)
    size = (len(INDEX.criteria), len(compared.view.passages))
    assert {table.shape for table in compared.tables.values()} == {size}
    assert all((table >= 0).all() and (table <= 1).all() for table in compared.tables.values())


def test_halves_of_a_point_in_distant_places_do_not_add_up() -> None:
    together = _compare(STRONG).share.max(axis=1)
    aside = "\n\nWe had lunch and spoke of the weather.\n\n"
    halves = aside.join(STRONG.split())
    apart = _compare(halves).share.max(axis=1)
    assert (apart <= together).all()
    assert apart.sum() < together.sum()


def test_a_passage_with_none_of_the_words_is_never_evidence() -> None:
    compared = _compare("The weather was fine that afternoon.")
    assert not compared.found.any()
    assert (read_rule().lexical.match_of(compared) == -math.inf).all()


def test_the_one_sentence_that_says_it_all_is_shown_rather_than_the_pair() -> None:
    compared = _compare(f"{STRONG} The weather was fine that afternoon.")
    pair = len(compared.view.passages) - 1
    for criterion in range(len(INDEX.criteria)):
        shown = compared.shown(criterion, pair)
        assert len(shown.places) <= len(compared.view.passages[pair].places)
        assert set(shown.places) <= set(compared.view.passages[pair].places)


def test_an_empty_answer_has_no_passages() -> None:
    compared = _compare("")
    assert compared.share.shape == (len(INDEX.criteria), 0)
    assert not compared.found.any()
