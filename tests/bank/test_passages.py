"""The passages that the offline grader learns from speak of criteria that the bank has."""

from pathlib import Path

import pytest

from interviewer.catalog.questions import read_bank
from interviewer.resources import rubrics
from training.data import read_claims, read_passages

FOLDER = Path(__file__).parents[2] / "training" / "passages"
BANK = {str(question.id): question for question in read_bank((rubrics(),))}


@pytest.mark.parametrize("name", sorted(BANK))
def test_labels_name_criteria_and_misconceptions_of_the_question(name: str) -> None:
    own = BANK[name]
    criteria = {c.id for c in own.rubric.criteria()}
    passages = [p for p in read_passages(FOLDER) if p.question == own.id]
    assert len(passages) >= 16
    assert not {c for p in passages for c in p.met} - criteria
    claims = [c for c in read_claims(FOLDER) if c.question == own.id]
    assert {c.misconception for c in claims} == {m.id for m in own.misconceptions}
