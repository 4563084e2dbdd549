"""An answer as a model sees it: numbered sentences; and the way back from numbers to evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.domain.question import Question
from interviewer.domain.ruling import Evidence
from interviewer.grading.evidence import Locator
from interviewer.grading.llm.fence import as_typed, neutralise
from interviewer.grading.screening import screen
from interviewer.grading.segments import Segment, split

LEFT_OUT = "(left out)"
"""Stands for a sentence that cannot be evidence; a model that never sees it cannot obey it."""
LEAST_LETTERS = 4
"""Letters and figures of a sentence that may be evidence: a lone mark makes no point."""
MOST_SHOWN = 3
"""Sentences shown as evidence of one ruling."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why a citation is no evidence, as a sentence for the model."""

    why: str


class Sheet:
    """Numbers the sentences of one answer, and finds what a model cites."""

    def __init__(self, question: Question, answer: str) -> None:
        self.question = question
        self.answer = answer
        self._segments = split(answer)
        self._screening = screen(question, answer)
        self._locator = Locator(answer)

    @cached_property
    def _free(self) -> frozenset[int]:
        """Return the numbers of the sentences that may be evidence."""
        return frozenset(segment.number for segment in self._segments if self._is_free(segment))

    @cached_property
    def lines(self) -> str:
        """Return the neutralised sentences, one a line, each with its number."""
        return "\n".join(
            f"{s.number}: {neutralise(s.text) if s.number in self._free else LEFT_OUT}"
            for s in self._segments
        )

    @cached_property
    def plain_lines(self) -> str:
        """Return the neutralised sentences, one a line, without numbers."""
        return "\n".join(
            neutralise(s.text) if s.number in self._free else LEFT_OUT for s in self._segments
        )

    def numbers(self, start: int, end: int) -> tuple[int, ...]:
        """Return the numbers of the sentences that a span touches and that may be evidence."""
        return tuple(
            segment.number
            for segment in self._segments
            if segment.start < end and start < segment.end and segment.number in self._free
        )

    def cite(self, numbers: Sequence[int], words: str) -> tuple[Evidence, ...] | Unsupported:
        """Return the words where they stand in the cited sentences, or the sentences themselves."""
        cited = [s for s in self._segments if s.number in numbers]
        if not cited:
            return Unsupported("a met or asserted ruling must cite numbers of the answer.")
        free = [segment for segment in cited if segment.number in self._free]
        if not free:
            return Unsupported("a cited sentence that was left out is no evidence.")
        if not any(char.isalnum() for char in words):
            return tuple(_whole(self.answer, segment) for segment in free[:MOST_SHOWN])
        found = self._find(free, words)
        if found is None:
            return Unsupported("the words must be copied exactly from the cited sentences.")
        return (found,)

    def quote(self, quotes: Sequence[str]) -> tuple[Evidence, ...] | Unsupported:
        """Return where the quotes stand in the answer; those that do not are left out."""
        said = [quote for quote in quotes if any(map(str.isalnum, quote))]
        if not said:
            return Unsupported("a met or asserted ruling must quote the answer.")
        found = [self._find_anywhere(quote) for quote in said[:MOST_SHOWN]]
        return tuple(dict.fromkeys(filter(None, found))) or Unsupported(
            "the quotes must be copied exactly from the answer's own sentences."
        )

    def _find_anywhere(self, quote: str) -> Evidence | None:
        for reading in dict.fromkeys((quote, as_typed(quote))):
            found = self._locator.find(reading)
            if found and self._screening.allows(found.start, found.end):
                return found
        return self._find([s for s in self._segments if s.number in self._free], quote)

    def _find(self, segments: Sequence[Segment], words: str) -> Evidence | None:
        for reading in dict.fromkeys((words, as_typed(words))):
            for segment in segments:
                found = self._locator.find(reading, (segment.start, segment.end))
                if found and self._screening.allows(found.start, found.end):
                    return found
        return None

    def _is_free(self, segment: Segment) -> bool:
        letters = sum(map(str.isalnum, segment.text))
        return letters >= LEAST_LETTERS and self._screening.allows(segment.start, segment.end)


def _whole(answer: str, segment: Segment) -> Evidence:
    return Evidence.cut(answer, segment.start, segment.end)
