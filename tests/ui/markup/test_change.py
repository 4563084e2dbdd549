from interviewer.domain.appeal import Appealed
from interviewer.domain.comparison import compare
from interviewer.domain.grading import GraderKind
from interviewer.wire import FaultReport
from tests.ui.gradings import ANSWER, grading
from ui.markup.change import changes, heard
from ui.markup.diff import difference
from ui.markup.findings import findings


def test_words_taken_out_and_put_in_are_marked_and_escaped() -> None:
    shown = difference("I use a <b>cache</b> here.", "I use a <i>replica</i> here.")

    assert "<del> &lt;b&gt;cache&lt;/b&gt;</del>" in shown
    assert "<ins> &lt;i&gt;replica&lt;/i&gt;</ins>" in shown


def test_a_new_line_between_the_same_words_is_no_change() -> None:
    assert "<ins>" not in difference("first second", "first\n\nsecond")


def test_long_stretches_that_are_the_same_are_folded() -> None:
    same = " ".join(f"w{n}" for n in range(100))
    shown = difference(f"{same} old", f"{same} new")

    assert "[76 words the same]" in shown
    assert "w50" not in shown


def test_a_change_of_the_score_stands_beside_what_was_gained_and_lost() -> None:
    before, after = grading("cache"), grading("index", "backup")
    shown = changes(compare(before, after), "old", "new")

    assert "2 gained, 1 lost" in shown
    assert "points of 100" in shown


def test_scores_that_do_not_compare_are_said_not_to() -> None:
    shown = changes(compare(grading("cache", llm=True), grading("index")), "old", "new")

    assert "points of 100" not in shown
    assert "not graded by the same grader" in shown


def test_an_appeal_shows_the_marked_words_and_both_rulings() -> None:
    before, after = (
        next(c for d in each.dimensions for c in d.criteria if c.id == "cache")
        for each in (grading(), grading("cache"))
    )
    row = Appealed(criterion_id=before.id, before=before, after=after, start=14, end=26)
    shown = heard((row,), ANSWER, GraderKind.OFFLINE)

    assert "&lt;b&gt;cache&lt;/b&gt;</blockquote>" in shown
    assert "First ruling: </b>no evidence found (offline)." in shown
    assert "After your appeal: </b>met." in shown
    assert "Granted" in shown


def test_a_finding_stands_with_its_line_and_the_text_of_it() -> None:
    fault = FaultReport(line=2, where="title", message="is empty")
    shown = findings((fault,), "id: x\ntitle: <b>\n")

    assert "Line 2" in shown
    assert "<pre>title: &lt;b&gt;</pre>" in shown


def test_a_finding_beyond_the_file_has_no_line() -> None:
    assert "The file" in findings((FaultReport(line=0, where="", message="is empty"),), "")
