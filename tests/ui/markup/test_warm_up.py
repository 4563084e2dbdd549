from interviewer.domain.grading import Grading
from interviewer.wire import DimensionOutline
from tests.domain.questions import SMALL
from tests.ui.gradings import evidence, grading
from ui.markup.warm_up import chain, compared, moves

OUTLINES = [
    DimensionOutline(id=each.id, title=each.title, weight=each.weight) for each in SMALL.dimensions
]


def turned(graded: Grading) -> Grading:
    """Return the grading with the evidence of its last dimension before that of the others."""
    *others, last = graded.dimensions
    early = (evidence("I would"),)
    criteria = tuple(
        each.model_copy(update={"evidence": early}) if each.evidence else each
        for each in last.criteria
    )
    moved = last.model_copy(update={"criteria": criteria})
    return graded.model_copy(update={"dimensions": (*others, moved)})


def test_an_answer_moves_in_the_order_of_its_evidence() -> None:
    assert moves(grading("cache")) == ("storage",)
    assert moves(turned(grading("cache", "backup"))) == ("safety", "storage")


def test_the_comparison_counts_steps_and_names_the_first_that_comes_too_early() -> None:
    assert "None of the steps" in compared(OUTLINES, ())
    assert compared(OUTLINES, ("storage",)) == "Your answer takes 1 of the 2 steps."
    assert "in the order of a full answer" in compared(OUTLINES, ("storage", "safety"))
    assert "reaches “Safety” before “Storage”" in compared(OUTLINES, ("safety", "storage"))


def test_the_chain_of_an_answer_says_in_words_which_steps_are_missing() -> None:
    drawn = chain(OUTLINES, ("storage",), "How your answer moves")

    assert drawn.count("in your answer") == 1
    assert drawn.count("not found") == 1
