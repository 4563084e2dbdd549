from interviewer.domain.grading import GraderKind
from tests.ui.gradings import grading
from ui.markup.notes import missing, missing_of, provenance, reasons, wrong
from ui.markup.palette import colours


def test_what_was_missing_comes_with_its_gain_largest_first() -> None:
    rows = missing_of(graded := grading("index").dimensions, colours(graded))

    assert [row.criterion.id for row in rows] == ["cache", "backup", "replica"]
    assert [row.colour for row in rows] == ["mi-d0", "mi-d1", "mi-d1"]
    assert "+50" in missing(rows)


def test_what_could_not_be_assessed_is_not_called_missing() -> None:
    graded = grading("cache", unknown=("index",)).dimensions

    assert "index" not in [row.criterion.id for row in missing_of(graded, colours(graded))]


def test_smaller_points_fold_away() -> None:
    graded = grading().dimensions
    rows = missing_of(graded, colours(graded))

    assert "<details" not in missing(rows)
    assert "3 smaller points" in missing(rows * 2)


def test_offline_says_that_no_evidence_was_found_instead_of_blaming() -> None:
    graded = grading("cache").dimensions

    assert "No evidence found (offline)" in reasons(graded, colours(graded), GraderKind.OFFLINE)
    assert "offline" not in reasons(graded, colours(graded), GraderKind.LLM)


def test_quotes_of_the_candidate_stay_text() -> None:
    graded = grading("cache").dimensions
    drawn = reasons(graded, colours(graded), GraderKind.LLM)

    assert "&lt;b&gt;cache&lt;/b&gt;" in drawn
    assert "<b>cache" not in drawn


def test_a_wrong_claim_is_shown_with_its_correction_and_its_cost() -> None:
    drawn = wrong(grading("backup", wrong=("snapshot",)).misconceptions)

    assert "The snapshot has its price." in drawn
    assert "Costs up to 1 point" in drawn


def test_an_offline_score_is_said_to_be_indicative() -> None:
    assert "Indicative" in provenance(grading("cache"))
    assert "$0.0061" in provenance(grading("cache", llm=True))
