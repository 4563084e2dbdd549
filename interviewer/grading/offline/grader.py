"""The offline grader: no key, no network, the same verdicts every time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.domain.base import CriterionId, MisconceptionId
from interviewer.domain.grading import GraderIdentity, GraderKind
from interviewer.domain.question import Question
from interviewer.domain.ruling import (
    Assertion,
    Evidence,
    MisconceptionRuling,
    Ruling,
    Verdict,
)
from interviewer.grading.grader import Part, PartRulings, Publish
from interviewer.grading.offline.comparison import Comparison, Table, compare
from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.guards import spoken, usable
from interviewer.grading.offline.misconceptions import Listener, read_hearing
from interviewer.grading.offline.passages import AnswerView, Passage
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rubric_index import CriterionIndex, QuestionIndex, rubric_vectors
from interviewer.grading.offline.rule import REPEATED, Rule, Weights, read_rule, soundness
from interviewer.grading.offline.specificity import read_specificity
from interviewer.grading.screening import screen
from interviewer.grading.segments import split

NOT_FOUND = "No evidence found (offline)."
NEARLY_FOUND = "No evidence found (offline); the nearest words do not say all of it."
NO_NUMBER = "No evidence found (offline); the nearest words give no figure."
NOT_EVIDENCE = "The marked words cannot be evidence; mark a sentence of your own (offline)."
NOT_IN_MARKED = "No evidence found in the words that you marked (offline)."
FOUND = "These words speak to it (offline)."


class OfflineGrader:
    """Rules by alias groups, rare words and sentence vectors; indicative, not final.

    Without an embedding the lexical weights of the rule apply.
    """

    def __init__(
        self,
        embedding: Embedding | None = None,
        cache: Path | None = None,
        rule: Rule | None = None,
    ) -> None:
        self._embedding = embedding
        self._cache = cache
        self._rule = rule or read_rule()
        self._reader = Reader()
        self._hearing = read_hearing()
        self._listener = Listener(self._reader, self._hearing)
        self._specificity = read_specificity()
        self._indexes: dict[str, QuestionIndex] = {}
        self._vectors: dict[str, dict[str, Vector]] = {}

    @property
    def identity(self) -> GraderIdentity:
        model = "matcher-int8" if self._embedding else "lexical"
        return GraderIdentity(kind=GraderKind.OFFLINE, model=model, call_shape=None, votes=1)

    @property
    def prompt_digest(self) -> str | None:
        return None

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        parts = (self._rule, self._hearing, self._specificity)
        weights = hashlib.sha256("".join(part.model_dump_json() for part in parts).encode())
        return {
            "embedding": self._embedding.digest if self._embedding else None,
            "rule": self._rule.source,
            "weights": weights.hexdigest()[:12],
        }

    def parts(self, question: Question) -> tuple[Part, ...]:
        return (Part(key="answer", dimensions=tuple(d.id for d in question.dimensions)),)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        return self.judge(question, answer, part.key)

    def judge(self, question: Question, answer: str, key: str = "answer") -> PartRulings:
        """Rule on every criterion and misconception of the question."""
        index = self._index(question)
        compared = self._compare(index, self._view(index, answer))
        weights = self._weights
        match = weights.match_of(compared)
        lift = self._lift(compared, match)
        rulings = tuple(
            _ruling(answer, criterion, _finding(weights, compared, match, n, lift))
            for n, criterion in enumerate(index.criteria)
        )
        claims = self._claims(index, answer)
        claimed = self._all_vectors(index, claims)
        return PartRulings(
            part=key,
            rulings=rulings,
            misconceptions=tuple(
                _assertion(
                    answer,
                    m.id,
                    self._listener.find(m, index.right_ways, claims.passages, claimed),
                )
                for m in question.misconceptions
            ),
        )

    async def appeal(
        self, question: Question, answer: str, criterion_id: CriterionId, start: int, end: int
    ) -> PartRulings:
        """Rule on one criterion again by the sentences that the candidate marked, and no others.

        How soundly the whole answer speaks counts as before. The ruling may stay unmet.
        """
        index = self._index(question)
        view = self._view(index, answer)
        pointed = view.within(start, end)
        if not pointed.passages:
            return _heard(_unmet(criterion_id, NOT_EVIDENCE))
        weights = self._weights
        whole = self._compare(index, view)
        lift = self._lift(whole, weights.match_of(whole))
        compared = self._compare(index, pointed)
        place = next(n for n, c in enumerate(index.criteria) if c.criterion.id == criterion_id)
        finding = _finding(weights, compared, weights.match_of(compared), place, lift)
        ruled = _ruling(answer, index.criteria[place], finding)
        if ruled.verdict is Verdict.UNMET:
            return _heard(_unmet(criterion_id, NOT_IN_MARKED))
        return _heard(ruled)

    def compared(self, question: Question, answer: str) -> Comparison:
        """Return what is measured of the answer, for fitting the rule."""
        index = self._index(question)
        return self._compare(index, self._view(index, answer))

    @property
    def _weights(self) -> Weights:
        return self._rule.semantic if self._embedding else self._rule.lexical

    def _compare(self, index: QuestionIndex, view: AnswerView) -> Comparison:
        return compare(index.criteria, view, self._all_vectors(index, view))

    def _lift(self, compared: Comparison, match: Table) -> float:
        if not compared.view.passages:
            return 0.0
        reader = self._reader if self._embedding else None
        return self._weights.lift(soundness(compared, match, self._specificity, reader))

    def _index(self, question: Question) -> QuestionIndex:
        if question.digest not in self._indexes:
            self._indexes[question.digest] = QuestionIndex(question)
        return self._indexes[question.digest]

    def _view(self, index: QuestionIndex, answer: str) -> AnswerView:
        own = spoken(split(answer), screen(index.question, answer))
        return AnswerView(usable(own, index.statements))

    def _claims(self, index: QuestionIndex, answer: str) -> AnswerView:
        """Return all that the candidate says: waving a point away may be the misconception."""
        return AnswerView(spoken(split(answer), screen(index.question, answer)))

    def _all_vectors(self, index: QuestionIndex, view: AnswerView) -> Mapping[str, Vector] | None:
        if self._embedding is None:
            return None
        digest = index.question.digest
        if digest not in self._vectors:
            self._vectors[digest] = rubric_vectors(index, self._embedding, self._cache)
        return {**self._vectors[digest], **view.vectors(self._embedding)}


@dataclass(frozen=True)
class _Finding:
    """How likely a criterion is met, and the passage that speaks for it most, if any does."""

    likely: float
    passage: Passage | None


def _finding(
    weights: Weights, compared: Comparison, match: Table, criterion: int, lift: float
) -> _Finding:
    if not compared.found[criterion].any():
        return _Finding(0.0, None)
    best = int(match[criterion].argmax())
    repeats = bool(compared.repeats[criterion].max() >= REPEATED)
    likely = weights.likely(float(match[criterion, best]), lift, repeats=repeats)
    return _Finding(likely, compared.shown(criterion, best))


def _ruling(answer: str, criterion: CriterionIndex, finding: _Finding) -> Ruling:
    identity = criterion.criterion.id
    if finding.likely < 0.5 or finding.passage is None:
        return _unmet(identity, _shortfall(criterion, finding))
    evidence = (_cut(answer, finding.passage),)
    return Ruling(criterion_id=identity, verdict=Verdict.MET, evidence=evidence, reason=FOUND)


def _unmet(criterion_id: CriterionId, reason: str) -> Ruling:
    return Ruling(criterion_id=criterion_id, verdict=Verdict.UNMET, reason=reason)


def _heard(ruled: Ruling) -> PartRulings:
    return PartRulings(part=f"appeal:{ruled.criterion_id}", rulings=(ruled,))


def _shortfall(criterion: CriterionIndex, finding: _Finding) -> str:
    if finding.passage is None or finding.likely < 0.15:
        return NOT_FOUND
    if criterion.wants_number and not finding.passage.has_number:
        return NO_NUMBER
    return NEARLY_FOUND


def _assertion(
    answer: str, identity: MisconceptionId, passage: Passage | None
) -> MisconceptionRuling:
    if passage is None:
        return MisconceptionRuling(misconception_id=identity, verdict=Assertion.NOT_ASSERTED)
    return MisconceptionRuling(
        misconception_id=identity,
        verdict=Assertion.ASSERTED,
        evidence=(_cut(answer, passage),),
    )


def _cut(answer: str, passage: Passage) -> Evidence:
    return Evidence.cut(answer, passage.window.start, passage.window.end)
