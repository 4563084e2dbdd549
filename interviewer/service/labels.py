"""Appeals as labelled rows: what a candidate disputed, for `evaluate` and for training to read.

Each answer with an appeal is one row. The candidate says `met` of a disputed criterion, and the
grader that heard the appeal is a second labeller; where the two differ, the row has no verdict
until somebody adds a third.
"""

from collections.abc import Iterable

from interviewer.domain.appeal import Appealed, appeals
from interviewer.domain.attempt import Attempt
from interviewer.domain.base import CriterionId, Model
from interviewer.domain.ruling import Verdict

CANDIDATE = "candidate"
PROFILE = "appeal"


class AppealLabel(Model):
    """What one side says of the disputed criteria: `met` or `unmet`."""

    labeller: str
    verdicts: dict[CriterionId, Verdict]


class Disputed(Model):
    """One appeal: the statement, the words the candidate marked, and both rulings."""

    criterion_id: CriterionId
    statement: str
    window: str
    start: int
    end: int
    before: Verdict
    after: Verdict


class AppealRow(Model):
    """One answer, as `interviewer evaluate` reads it; `appeals` is for training."""

    id: str
    question_id: str
    answer: str
    profile: str
    labels: tuple[AppealLabel, ...]
    appeals: tuple[Disputed, ...]


def as_labels(found: Iterable[Attempt]) -> str:
    """Return a JSON line for each attempt with an appeal that was heard."""
    rows = (_row(attempt) for attempt in found)
    return "".join(f"{row.model_dump_json()}\n" for row in rows if row is not None)


def _row(attempt: Attempt) -> AppealRow | None:
    heard = appeals(attempt.gradings)
    if not heard:
        return None
    ruled = {
        each.criterion_id: each.after.verdict
        for each in heard
        if each.after.verdict is not Verdict.NOT_ASSESSED
    }
    claimed = AppealLabel(
        labeller=CANDIDATE, verdicts={each.criterion_id: Verdict.MET for each in heard}
    )
    grader = attempt.gradings[0].grader
    again = AppealLabel(labeller=f"{grader.kind} {grader.model}", verdicts=ruled)
    return AppealRow(
        id=attempt.id,
        question_id=attempt.question_id,
        answer=attempt.answer,
        profile=PROFILE,
        labels=(claimed, again) if ruled else (claimed,),
        appeals=tuple(_disputed(attempt.answer, each) for each in heard),
    )


def _disputed(answer: str, appealed: Appealed) -> Disputed:
    return Disputed(
        criterion_id=appealed.criterion_id,
        statement=appealed.after.statement,
        window=answer[appealed.start : appealed.end],
        start=appealed.start,
        end=appealed.end,
        before=appealed.before.verdict,
        after=appealed.after.verdict,
    )
