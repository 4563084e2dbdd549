"""The offline grader: no key, no network, the same verdicts every time."""

import hashlib
from collections.abc import Mapping
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
from interviewer.grading.offline.embedding import Embedding, Vector
from interviewer.grading.offline.features import (
    AnswerView,
    Findings,
    Passage,
    Readings,
    measure,
)
from interviewer.grading.offline.guards import spoken, usable
from interviewer.grading.offline.judge import Judge
from interviewer.grading.offline.misconceptions import find_assertion
from interviewer.grading.offline.reader import Reader
from interviewer.grading.offline.rubric_index import CriterionIndex, QuestionIndex, rubric_vectors
from interviewer.grading.offline.rule import Rule, read_rule
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
        self._judge = Judge()
        self._reader = Reader()
        self._specificity = read_specificity()
        self._indexes: dict[str, QuestionIndex] = {}
        self._vectors: dict[str, dict[str, Vector]] = {}

    @property
    def identity(self) -> GraderIdentity:
        model = "minilm-int8" if self._embedding else "lexical"
        return GraderIdentity(kind=GraderKind.OFFLINE, model=model, call_shape=None, votes=1)

    @property
    def prompt_digest(self) -> str | None:
        return None

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        weights = hashlib.sha256(self._rule.model_dump_json().encode()).hexdigest()[:12]
        return {
            "embedding": self._embedding is not None,
            "rule": self._rule.source,
            "weights": weights,
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
        view = self._view(index, answer)
        vectors = self._all_vectors(index, view)
        measured = self._measured(index, view, vectors)
        weights = self._rule.semantic if self._embedding else self._rule.lexical
        likely = weights.decide(
            [findings.values for _, findings in measured],
            [findings.repeats for _, findings in measured],
        )
        claims = self._claims(index, answer)
        claimed = self._all_vectors(index, claims)
        return PartRulings(
            part=key,
            rulings=tuple(
                _ruling(answer, criterion, findings, chance)
                for (criterion, findings), chance in zip(measured, likely, strict=True)
            ),
            misconceptions=tuple(
                _assertion(
                    answer,
                    m.id,
                    find_assertion(m, index.right_ways, claims.passages, claimed),
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
        place = next(n for n, c in enumerate(index.criteria) if c.criterion.id == criterion_id)
        measured = self._measured(index, view, self._all_vectors(index, view))
        vectors = self._all_vectors(index, pointed)
        criterion, findings = self._measured(index, pointed, vectors)[place]
        measured[place] = (criterion, findings)
        weights = self._rule.semantic if self._embedding else self._rule.lexical
        likely = weights.decide([f.values for _, f in measured], [f.repeats for _, f in measured])
        ruled = _ruling(answer, criterion, findings, likely[place])
        if ruled.verdict is Verdict.UNMET:
            return _heard(_unmet(criterion_id, NOT_IN_MARKED))
        return _heard(ruled)

    def features(self, question: Question, answer: str) -> dict[str, tuple[float, ...]]:
        """Return the features of every criterion by id, for fitting the rule."""
        index = self._index(question)
        view = self._view(index, answer)
        vectors = self._all_vectors(index, view)
        return {c.criterion.id: f.values for c, f in self._measured(index, view, vectors)}

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

    def _measured(
        self, index: QuestionIndex, view: AnswerView, vectors: Mapping[str, Vector] | None
    ) -> list[tuple[CriterionIndex, Findings]]:
        readings = None
        if vectors is not None and view.passages:
            readings = Readings(index.criteria, vectors, view.passages, self._judge, self._reader)
        return [(c, measure(c, view, self._specificity, readings)) for c in index.criteria]


def _ruling(answer: str, criterion: CriterionIndex, findings: Findings, likely: float) -> Ruling:
    identity = criterion.criterion.id
    if likely < 0.5 or findings.best is None or not findings.has_words:
        reason = _shortfall(criterion, findings, likely)
        return Ruling(criterion_id=identity, verdict=Verdict.UNMET, reason=reason)
    evidence = (_cut(answer, findings.best),)
    return Ruling(criterion_id=identity, verdict=Verdict.MET, evidence=evidence, reason=FOUND)


def _unmet(criterion_id: CriterionId, reason: str) -> Ruling:
    return Ruling(criterion_id=criterion_id, verdict=Verdict.UNMET, reason=reason)


def _heard(ruled: Ruling) -> PartRulings:
    return PartRulings(part=f"appeal:{ruled.criterion_id}", rulings=(ruled,))


def _shortfall(criterion: CriterionIndex, findings: Findings, likely: float) -> str:
    if findings.best is None or likely < 0.15:
        return NOT_FOUND
    if criterion.wants_number and not findings.best.has_number:
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
