"""Grades each question with weights that were fitted without it, to measure honestly.

`training/fit_rule.py` writes the weights of every question left out into one file, beside the
agreement that they reach.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from interviewer.domain.base import Model
from interviewer.domain.grading import GraderIdentity
from interviewer.domain.question import Question
from interviewer.errors import InputError
from interviewer.grading.grader import Part, PartRulings, Publish
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.rule import Rule, Weights


class Fitted(Model):
    """Weights by the question that they were fitted without, and how well they agree."""

    weights: Mapping[str, Weights]
    agreement: Mapping[str, float]
    qwk_interval: tuple[float, float]


class LeftOut(Model):
    """The weights with sentence vectors, and those without."""

    semantic: Fitted
    lexical: Fitted

    @property
    def digest(self) -> str:
        """Return 12 hex digits of SHA-256 over all the weights."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def rule_without(self, question_id: str) -> Rule:
        """Return the rule fitted without a question. Raises: InputError when there is none."""
        if question_id not in self.semantic.weights or question_id not in self.lexical.weights:
            known = ", ".join(self.semantic.weights)
            raise InputError(
                f"There are no weights fitted without the question {question_id!r}, only without "
                f"{known}; leave out --left-out, or fit again with its answers."
            )
        return Rule(
            source=f"fitted without {question_id}",
            semantic=self.semantic.weights[question_id],
            lexical=self.lexical.weights[question_id],
        )


def read_left_out(path: Path) -> LeftOut:
    """Read what `training/fit_rule.py` wrote. Raises: InputError."""
    try:
        return LeftOut.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error.strerror}.") from None
    except (ValidationError, UnicodeDecodeError):
        raise InputError(
            f"{str(path)!r} is no file of left-out weights; write one with "
            "`python -m training.fit_rule`."
        ) from None


class LeftOutGrader:
    """The offline grader, with another rule for each question."""

    def __init__(
        self, left_out: LeftOut, embedding: Embedding | None = None, cache: Path | None = None
    ) -> None:
        self._left_out = left_out
        self._embedding = embedding
        self._cache = cache
        self._graders: dict[str, OfflineGrader] = {}
        self._plain = OfflineGrader(embedding, cache)

    @property
    def identity(self) -> GraderIdentity:
        return self._plain.identity

    @property
    def prompt_digest(self) -> str | None:
        return None

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        rule = f"question left out, {self._left_out.digest}"
        return {**self._plain.settings, "rule": rule}

    def parts(self, question: Question) -> tuple[Part, ...]:
        return self._plain.parts(question)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        return await self.of(question).rule(question, answer, part, publish)

    def of(self, question: Question) -> OfflineGrader:
        """Return the grader of a question. Raises: InputError when it has no weights."""
        if question.id not in self._graders:
            rule = self._left_out.rule_without(question.id)
            self._graders[question.id] = OfflineGrader(self._embedding, self._cache, rule)
        return self._graders[question.id]
