"""Finds where an answer copies the question or the rubric: an echo is not evidence.

Echo is a run of eight words or more copied from the prompt, a title or a criterion's statement,
or across a list of them; and a whole sentence of five words or more that stands so in the prompt,
for a sentence that is all the question's cannot say anything of the candidate's own. What a good
answer would say (`to_add`, `met_example`, the reference answer) is never echo, even where it
shares such a run.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.domain.question import Question
from interviewer.grading.segments import Segment, split
from interviewer.grading.words import Word, words

RUN = 8
"""Words that are copied, not met by chance."""
WHOLE = 5
"""Words of a sentence that is copied whole; shorter ones, such as headings, are met by chance."""

_TURNED = {"you": "i", "your": "my", "yours": "mine"}

Grams = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EchoSpan:
    """Copied words, `answer[start:end]`, and whether they come from the rubric."""

    start: int
    end: int
    words: int
    of_rubric: bool


class Echoes:
    """Knows the wording of one question and finds it in answers."""

    def __init__(self, question: Question) -> None:
        criteria = list(question.rubric.criteria())
        allowed = (
            question.reference_answer,
            *(text for c in criteria for text in (c.to_add, c.met_example)),
        )
        statements = " ".join(c.statement for c in criteria)
        listed = " ".join(
            f"{d.title} {' '.join(c.statement for c in d.criteria)}" for d in question.dimensions
        )
        titles = " ".join(d.title for d in question.dimensions)
        wrong = [m.statement for m in question.misconceptions]
        self._prompt = _spoken(question.prompt)
        self._allowed = allowed
        self._question = _grams_besides((question.prompt, f"{question.title} {titles}"), allowed)
        self._rubric = _grams_besides((statements, listed, titles, *wrong), allowed)

    def find(self, answer: str) -> tuple[EchoSpan, ...]:
        """Return the copied runs in order; runs that overlap or touch are one."""
        listed: list[Word] = []
        copied: list[bool] = []
        for segment in split(answer):
            said = words(segment.text)
            listed += _at(said, segment)
            copied += [self._is_whole_copy(segment.text, len(said))] * len(said)
        spoken = [_in_person(word.text) for word in listed]
        of_rubric = [False] * len(listed)
        for first in range(len(listed) - RUN + 1):
            gram = tuple(spoken[first : first + RUN])
            if gram in self._question or gram in self._rubric:
                for position in range(first, first + RUN):
                    copied[position] = True
                    of_rubric[position] |= gram in self._rubric and gram not in self._question
        return tuple(_runs(listed, copied, of_rubric))

    def _is_whole_copy(self, sentence: str, length: int) -> bool:
        if not WHOLE <= length < RUN:
            return False
        spoken = _spoken(sentence)
        return spoken in self._prompt and not any(spoken in _spoken(each) for each in self._allowed)


def _at(found: Iterable[Word], segment: Segment) -> Iterator[Word]:
    offset = segment.start
    for word in found:
        yield Word(word.text, word.start + offset, word.end + offset)


def _runs(
    listed: Sequence[Word], copied: Sequence[bool], of_rubric: Sequence[bool]
) -> Iterator[EchoSpan]:
    first: int | None = None
    for position in range(len(listed) + 1):
        inside = position < len(listed) and copied[position]
        if inside and first is None:
            first = position
        if not inside and first is not None:
            yield EchoSpan(
                listed[first].start,
                listed[position - 1].end,
                position - first,
                any(of_rubric[first:position]),
            )
            first = None


@lru_cache(maxsize=128)
def _grams_besides(texts: tuple[str, ...], allowed: tuple[str, ...]) -> Grams:
    """Return the runs of these texts; a question's are kept for its next answers."""
    return _grams(texts) - _grams(allowed)


def _grams(texts: Iterable[str]) -> Grams:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        spoken = [_in_person(word.text) for word in words(text)]
        found |= {tuple(spoken[i : i + RUN]) for i in range(len(spoken) - RUN + 1)}
    return frozenset(found)


@lru_cache(maxsize=2_048)
def _spoken(text: str) -> str:
    """Return the words with a space before, between and after them: whole words compare whole."""
    return f" {' '.join(_in_person(word.text) for word in words(text))} "


def _in_person(word: str) -> str:
    """Return the word as the candidate would say it: a question's `you` is the answer's `I`."""
    return _TURNED.get(word, word)
