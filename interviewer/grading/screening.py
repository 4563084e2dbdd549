"""What code decides before any grader: cheap refusals, and what may not serve as evidence.

An answer in which nothing is left to grade is graded, with nothing met and a flag that says why.
An answer in a language that the question files do not support is not graded at all: never a zero.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from interviewer.domain.base import Model
from interviewer.domain.grading import Status
from interviewer.domain.question import Question
from interviewer.domain.ruling import Evidence, Flag, FlagKind
from interviewer.grading.addressing import addresses_grader
from interviewer.grading.echo import Echoes, EchoSpan
from interviewer.grading.languages import unsupported_language
from interviewer.grading.lists import keyword_lists
from interviewer.grading.segments import Segment, split
from interviewer.grading.surroundings import surroundings
from interviewer.grading.words import FUNCTION_WORDS, Word, content_stems, stem, word_set, words

FEW_WORDS = 12
"""Up to here an answer must share a technical word with the question to be worth grading."""
KNOWN_WORDS = 0.10
"""Least share of words that are English function words or the question's own; else gibberish."""
ON_TOPIC = 0.12
"""Least share of content words that the question's rubric uses; below it the flag `off_topic`."""

_NOTHING_SAID = word_set(
    """fine ok okay good yes no none nothing idk dunno pass skip sure test hello hi thanks
    sorry know idea answer question understand unsure clue tell ask next maybe think"""
)


class Span(Model):
    """Code points `start` to `end` of the answer."""

    start: int
    end: int


class Refusal(Model):
    """Why no grader needs to see the answer."""

    status: Literal[Status.GRADED, Status.UNGRADED]
    """Graded: nothing is met. Ungraded: it could not be assessed."""
    message: str


class Screening(Model):
    """What was found out about an answer without any model."""

    refusal: Refusal | None
    flags: tuple[Flag, ...]
    barred: tuple[Span, ...]
    """What cannot be evidence: echo, keyword lists, and sentences that address the grader."""

    def allows(self, start: int, end: int) -> bool:
        """Tell whether a span may be evidence: at least half of it, and a few letters, is free."""
        if not self.barred:
            return end > start
        taken = sum(
            max(0, min(end, span.end) - max(start, span.start)) for span in _merged(self.barred)
        )
        return end > start and taken * 2 <= end - start


class _Known:
    """A question that is the same only if it is the very object: comparing two is slow."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.question is self.question

    def __hash__(self) -> int:
        return id(self.question)


def screen(question: Question, answer: str) -> Screening:
    """Return the refusal, if there is one, the flags, and the spans that cannot be evidence.

    The last few are kept: the recipe and the grader both need them.
    """
    return _screen(_Known(question), answer)


@lru_cache(maxsize=32)
def _screen(known: _Known, answer: str) -> Screening:
    question = known.question
    segments = split(answer)
    told = addresses_grader(segments)
    addressed = (*told, *surroundings(segments, told, _vocabulary(question)))
    lists = keyword_lists([segment for segment in segments if segment not in addressed])
    echoes = Echoes(question).find(answer)
    barred = _merged(
        [
            *(Span(start=s.start, end=s.end) for s in (*addressed, *lists)),
            *(Span(start=echo.start, end=echo.end) for echo in echoes),
        ]
    )
    flags = _flags(answer, addressed, lists, echoes)
    own = [word for word in words(answer) if not _inside(word, barred)]
    refused = _refuse(question, answer, own, flags)
    if refused is None:
        return Screening(refusal=None, flags=(*flags, *_off_topic(question, answer)), barred=barred)
    status, flag = refused
    kept = tuple(each for each in flags if each.kind is not flag.kind)
    refusal = Refusal(status=status, message=flag.message)
    return Screening(refusal=refusal, flags=(flag, *kept), barred=barred)


Refused = tuple[Literal[Status.GRADED, Status.UNGRADED], Flag]


def _refuse(
    question: Question, answer: str, own: Sequence[Word], flags: Sequence[Flag]
) -> Refused | None:
    vocabulary = _vocabulary(question)
    if not answer.strip() or not words(answer):
        return Status.GRADED, _flag(FlagKind.TOO_SHORT, "There are no words to grade.")
    if flags and _says_nothing(own, vocabulary):
        return Status.GRADED, flags[0].model_copy(update={"message": _NOTHING_ELSE[flags[0].kind]})
    language = unsupported_language(answer)
    if language:
        message = f"The answer seems to be in {language}; this question can be graded in English."
        return Status.UNGRADED, _flag(FlagKind.UNSUPPORTED_LANGUAGE, message)
    if _is_too_short(own, vocabulary):
        return Status.GRADED, _flag(FlagKind.TOO_SHORT, "The answer says nothing to grade yet.")
    if _is_gibberish(own, vocabulary):
        return Status.GRADED, _flag(FlagKind.GIBBERISH, "The answer holds no sentences to grade.")
    return None


_NOTHING_ELSE = {
    FlagKind.ADDRESSES_GRADER: "Besides words addressed to the grader there is nothing to grade.",
    FlagKind.KEYWORD_LIST: "A list of terms without a statement about them earns nothing.",
    FlagKind.REPEATS_QUESTION: "The answer repeats the question and adds nothing of its own.",
    FlagKind.REPEATS_RUBRIC: "The answer repeats the criteria and adds nothing of its own.",
}


def _flags(
    answer: str,
    addressed: Sequence[Segment],
    lists: Sequence[Segment],
    echoes: Sequence[EchoSpan],
) -> tuple[Flag, ...]:
    of_rubric = [echo for echo in echoes if echo.of_rubric]
    of_question = [echo for echo in echoes if not echo.of_rubric]
    found = (
        (FlagKind.ADDRESSES_GRADER, "Words addressed to the grader earn nothing.", addressed),
        (FlagKind.KEYWORD_LIST, "A list of terms is not evidence for any of them.", lists),
        (FlagKind.REPEATS_RUBRIC, "Words copied from the criteria are not evidence.", of_rubric),
        (FlagKind.REPEATS_QUESTION, "Words copied from the question earn nothing.", of_question),
    )
    return tuple(
        _flag(kind, message, *(Evidence.cut(answer, span.start, span.end) for span in spans))
        for kind, message, spans in found
        if spans
    )


def _flag(kind: FlagKind, message: str, *evidence: Evidence) -> Flag:
    return Flag(kind=kind, message=message, evidence=evidence)


def _vocabulary(question: Question) -> frozenset[str]:
    criteria = tuple(question.rubric.criteria())
    texts = [question.title, question.prompt, question.reference_answer]
    texts += [f"{c.statement} {c.met_example} {c.to_add}" for c in criteria]
    texts += [alias for c in criteria for signal in c.signals for alias in signal.any]
    texts += [m.statement for m in question.misconceptions]
    return _stems(" ".join(texts))


@lru_cache(maxsize=64)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _says_nothing(own: Sequence[Word], vocabulary: frozenset[str]) -> bool:
    """Tell whether what is not barred is too little to be an answer of its own."""
    content = {stem(word.text) for word in own if word.text not in FUNCTION_WORDS}
    return len(content) < 4 or (len(content & vocabulary) < 3 and len(own) < 4 * FEW_WORDS)


def _is_too_short(own: Sequence[Word], vocabulary: frozenset[str]) -> bool:
    content = {stem(word.text) for word in own if word.text not in FUNCTION_WORDS}
    told = content - {stem(word) for word in _NOTHING_SAID}
    return not told or len(own) <= 2 or (len(own) < FEW_WORDS and not told & vocabulary)


def _is_gibberish(own: Sequence[Word], vocabulary: frozenset[str]) -> bool:
    known = sum(word.text in FUNCTION_WORDS or stem(word.text) in vocabulary for word in own)
    return known < KNOWN_WORDS * len(own) or len({word.text for word in own}) < 3


def _off_topic(question: Question, answer: str) -> tuple[Flag, ...]:
    vocabulary = _vocabulary(question)
    content = set(content_stems(answer))
    if len(content) < FEW_WORDS or len(content & vocabulary) >= ON_TOPIC * len(content):
        return ()
    return (_flag(FlagKind.OFF_TOPIC, "The answer hardly touches what the question is about."),)


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    return any(span.start <= word.start and word.end <= span.end for span in spans)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start <= merged[-1].end:
            last = merged.pop()
            span = Span(start=last.start, end=max(last.end, span.end))
        merged.append(span)
    return tuple(merged)
