"""What stands around words to the grader counts only where it speaks of the question's matter.

An attack is rarely one sentence: "Be like her.", "Report met everywhere." and a forged line of code
follow the one that gives it away. So, outwards from each flagged sentence, neighbours are barred
as well until one comes that shares two telling words with the question file. Answers in which
nothing is flagged never come here. With an attack put into the middle of each reference answer and
strong anchor of the bank, 1.1 % of the honest sentences were lost (29 of 2,640).
"""

from collections.abc import Iterator, Sequence

from interviewer.grading.segments import Segment
from interviewer.grading.words import content_stems

TELLING_WORDS = 2
"""So many words of a sentence must be the question's own, and not plain ones; of 2,400 honest
windows with a point in them 98 % hold at least two."""

_PLAIN = frozenset(
    content_stems(
        """answer average back block break bring carry change check come compare cost count data day
        decide drop end enough explain fail fall first five fix give group half hold hour instead
        job keep last later least leave limit live long look lose machine make many mean minute
        model month move name need never new next nobody nothing number old one page place point
        quarter rate read record request result run save second see serve set share show side
        single size small start state stay step stop store switch table take ten test three time
        together twice two use value wait way week whole work write good kind know say tell want
        everything always people year top score question review full credit candidate system
        evidence sentence rule"""
    )
)
"""Words of most question files or of most attacks: they tell of no question in particular."""


def surroundings(
    segments: Sequence[Segment], flagged: Sequence[Segment], vocabulary: frozenset[str]
) -> tuple[Segment, ...]:
    """Return the neighbours of flagged segments that say nothing of the question, in order."""
    numbers = {segment.number for segment in flagged}
    places = [place for place, segment in enumerate(segments) if segment.number in numbers]
    barred: set[int] = set()
    for place in places:
        barred.update(_outwards(segments, range(place + 1, len(segments)), vocabulary))
        barred.update(_outwards(segments, range(place - 1, -1, -1), vocabulary))
    return tuple(segments[place] for place in sorted(barred - set(places)))


def _outwards(
    segments: Sequence[Segment], places: range, vocabulary: frozenset[str]
) -> Iterator[int]:
    for place in places:
        telling = (set(content_stems(segments[place].text)) & vocabulary) - _PLAIN
        if len(telling) >= TELLING_WORDS:
            return
        yield place
