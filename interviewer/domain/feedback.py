"""The words of a dimension's summary, made by code from its rulings."""

from collections.abc import Sequence

from interviewer.domain.grading import CriterionGrading
from interviewer.domain.rubric import Misconception
from interviewer.domain.ruling import Verdict


def summarise(criteria: Sequence[CriterionGrading], asserted: Sequence[Misconception]) -> str:
    """Return one to three sentences: what was found, what was not, what was wrong."""
    met = [c for c in criteria if c.verdict is Verdict.MET]
    unmet = [c for c in criteria if c.verdict is Verdict.UNMET]
    unknown = [c for c in criteria if c.verdict is Verdict.NOT_ASSESSED]
    sentences: list[str] = []
    if not met and not unmet:
        return "Not assessed."
    if met and not unmet:
        sentences.append("Every point was found." if len(met) > 1 else "The point was found.")
    elif met:
        sentences.append(f"{len(met)} of {len(met) + len(unmet)} points found.")
    else:
        sentences.append("No evidence found.")
    if unmet:
        largest = max(unmet, key=lambda c: c.max_points)
        sentences.append(f"Largest gap: {_lower(largest.statement)}")
    sentences += [f"Stated wrongly: {_lower(m.statement)}" for m in asserted]
    if unknown:
        sentences.append(f"{len(unknown)} could not be assessed.")
    return " ".join(
        sentence if sentence.endswith(".") else f"{sentence}." for sentence in sentences
    )


def _lower(statement: str) -> str:
    first = statement.split(" ", 1)[0]
    return (
        statement
        if len(first) > 1 and first[1:] != first[1:].lower()
        else (statement[:1].lower() + statement[1:])
    )
