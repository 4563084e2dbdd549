"""Two gradings side by side: what was gained, what was lost, and whether the scores compare."""

import hashlib
from collections.abc import Iterator
from enum import StrEnum

from interviewer.domain.appeal import APPEAL_SETTINGS
from interviewer.domain.base import CriterionId, Model
from interviewer.domain.grading import CriterionGrading, GraderIdentity, Grading
from interviewer.domain.ruling import Verdict


class Yardstick(Model):
    """What scores are measured with; those of two yardsticks never share a figure."""

    grader: GraderIdentity
    prompt_digest: str | None
    settings: tuple[tuple[str, str | int | float | bool | None], ...]
    """Those of the grader, sorted; what an appeal adds is none of them."""

    @property
    def id(self) -> str:
        """Return 12 hex digits that name it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def yardstick(grading: Grading) -> Yardstick:
    """Return what a grading was measured with."""
    provenance = grading.provenance
    settings = sorted(
        (name, value) for name, value in provenance.settings.items() if name not in APPEAL_SETTINGS
    )
    return Yardstick(
        grader=grading.grader, prompt_digest=provenance.prompt_digest, settings=tuple(settings)
    )


class Obstacle(StrEnum):
    """Why two scores cannot be compared."""

    GRADER = "grader"
    """Another grader, or the same one with other settings."""
    PROMPT = "prompt"
    RUBRIC = "rubric"
    NO_SCORE = "no_score"


class Change(Model):
    """A criterion on which two gradings rule differently."""

    criterion_id: CriterionId
    statement: str
    dimension: str
    points: float


class Comparison(Model):
    """What became of an answer since another one."""

    change: float | None
    """Percent points; null where there is an obstacle."""
    obstacles: tuple[Obstacle, ...]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


def compare(before: Grading, after: Grading) -> Comparison:
    """Compare an answer's grading with that of the answer which it revises.

    A criterion is gained when it is met now and was not, lost when it is unmet now and was met;
    what was not assessed is never lost. Only criteria that say the same count.
    """
    earlier = {(each.id, each.statement): each for each, _ in _criteria(before)}
    gained: list[Change] = []
    lost: list[Change] = []
    for now, dimension in _criteria(after):
        then = earlier.get((now.id, now.statement))
        if then is None:
            continue
        change = Change(
            criterion_id=now.id, statement=now.statement, dimension=dimension, points=now.max_points
        )
        if now.verdict is Verdict.MET and then.verdict is not Verdict.MET:
            gained.append(change)
        if now.verdict is Verdict.UNMET and then.verdict is Verdict.MET:
            lost.append(change)
    obstacles = tuple(_obstacles(before, after))
    change = None
    if not obstacles and before.score is not None and after.score is not None:
        change = after.score.percent - before.score.percent
    return Comparison(change=change, obstacles=obstacles, gained=tuple(gained), lost=tuple(lost))


def _obstacles(before: Grading, after: Grading) -> Iterator[Obstacle]:
    if before.score is None or after.score is None:
        yield Obstacle.NO_SCORE
    then, now = yardstick(before), yardstick(after)
    if (then.grader, then.settings) != (now.grader, now.settings):
        yield Obstacle.GRADER
    elif then.prompt_digest != now.prompt_digest:
        yield Obstacle.PROMPT
    if before.provenance.rubric_digest != after.provenance.rubric_digest:
        yield Obstacle.RUBRIC


def _criteria(grading: Grading) -> Iterator[tuple[CriterionGrading, str]]:
    for dimension in grading.dimensions:
        for criterion in dimension.criteria:
            yield criterion, dimension.title
