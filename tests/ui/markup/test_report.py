from interviewer.wire import DimensionOutline, QuestionDetail
from tests.domain.questions import SMALL
from tests.ui.gradings import attempt, grading
from ui.markup.report import as_markdown

DETAIL = QuestionDetail(
    id=SMALL.id,
    title=SMALL.title,
    topic=SMALL.topic,
    kind=SMALL.kind,
    difficulty=SMALL.difficulty,
    minutes=SMALL.minutes,
    attempts=1,
    best=None,
    prompt=SMALL.prompt,
    dimensions=tuple(
        DimensionOutline(id=d.id, title=d.title, weight=d.weight) for d in SMALL.dimensions
    ),
    hints=SMALL.hints,
    study_mode=False,
    solution=None,
)


def test_saved_feedback_holds_the_answer_the_rulings_and_what_to_add() -> None:
    graded = grading("cache", wrong=("snapshot",))
    saved = as_markdown(DETAIL, attempt(graded), graded)

    assert "- [x] Names the cache of the system." in saved
    assert "- [ ] Names the index of the system." in saved
    assert "The snapshot has its price." in saved
    assert "(+25)" in saved


def test_the_candidates_words_are_not_markdown_or_html_in_the_file() -> None:
    graded = grading("cache")
    saved = as_markdown(DETAIL, attempt(graded), graded)

    assert "<b>cache" not in saved
    assert r"\<b\>cache" in saved
