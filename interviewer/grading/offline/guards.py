"""Sets segments aside that mention a point without making it: dismissals, hedges, warnings."""

import re
from collections.abc import Sequence

from interviewer.grading.folding import fold
from interviewer.grading.screening import Screening
from interviewer.grading.segments import Segment
from interviewer.grading.words import content_stems

_I = r"\b(?:i|we|you|they|teams?|one|people)\b"
_DISMISSES = re.compile(
    r"(?<!of )\b(?:no|not any|little|isn't any|without any) (?:real |obvious |strong )?(?:need"
    r"|point|reason|sense|value|benefit|use)\b(?: in| to| for|\.|,)"
    rf"|{_I} (?:would |will |do |'d |'ll )*(?:not|never|n't|rarely)\b ?(?:really |usually |even )?"
    r"(?:bother|need|worry|care|waste|spend)"
    r"|\b(?:wouldn't|won't|don't|didn't|never|(?:would|will|do|did) (?:not|never)) "
    r"(?:really |even |ever )?(?:bother|worry|care|waste|need to|have to)\b"
    r"|(?<!what )(?<!that )(?<!which )\b(?:not|isn't|never|hardly|aren't|wasn't) "
    r"(?:really |even |actually )?(?:worth|necessary|needed|required|worthwhile)\b"
    r"|\b(?:is|are|would be|seems?|feels?|was) (?:just |only |mostly |really |usually |pure )?"
    r"(?:an? )?(?:overkill|unnecessary|pointless|needless|overrated|wasteful|waste of|distraction"
    r"|bureaucracy|luxury|theatre|busywork|over-?engineer(?:ed|ing)|superfluous)\b"
    r"|^(?!.*\b(?:if|when|whenever|once|until|unless|while)\b).*\b(?:i|we)(?:'d| would|'ll"
    r"| will)? (?:just |simply |always )?(?:skip|ignore|leave out|omit)\b"
    r"(?! (?:the first|rows|records|late))"
    r"|\bwaste of (?:time|money|effort)\b|\bcan (?:safely )?be (?:skipped|ignored|left out)\b"
    r"|\bnever mind\b|\bdon't see (?:why|the point|a need|any)\b|\bleave (?:that|this|it) to\b"
)
_WARNS = re.compile(
    r"\b(?:common|classic|typical|usual|frequent|popular|big|costly|well-known) (?:mistake|error"
    r"|trap|myth|misconception|fallacy|pitfall|misreading|belief)\b"
    r"|(?<!something )\b(?:it is|it's|is|would be|be) (?:a )?(?:wrong|mistaken|a mistake"
    r"|an error|a myth|false|tempting|naive|incorrect|not true|untrue|dangerous|risky)\b"
    r"|\b(?:some|many|most|other) (?:people|teams|engineers|folks|candidates|managers)\b"
    r".{0,20}\b(?:think|believe|assume|claim|say|expect|treat|confuse|wrongly|mistakenly)\b"
    r"|\b(?:does not|doesn't|do not|don't|need not|needn't) (?:always |necessarily |by itself )?"
    r"(?:mean|imply|guarantee|follow|prove|help|fix|solve)\b"
    r"|\bnot (?:always|necessarily|automatically|by itself)\b|\bcontrary to\b|\bmistakenly\b"
    r"|\b(?:wrongly|beware|careful|watch out|pitfall|myth|fallacy)\b|\bI used to think\b"
    r"|\b(?:people|they|some) (?:often )?(?:forget|overlook|assume)\b",
    re.IGNORECASE,
)
_NEGATES = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|rarely|nothing|avoid)\b|n't\b"
)


def dismisses(text: str) -> bool:
    """Tell whether the text waves a point away ("I would not bother with …")."""
    return _DISMISSES.search(fold(text).text) is not None


def warns(text: str) -> bool:
    """Tell whether the text reports a belief as wrong ("a common mistake is …")."""
    return _WARNS.search(fold(text).text) is not None


def negates(text: str) -> bool:
    """Tell whether any negation stands in the text."""
    return _NEGATES.search(fold(text).text) is not None


def spoken(segments: Sequence[Segment], screening: Screening) -> tuple[Segment, ...]:
    """Return the candidate's own segments, in order; what is said again is left out."""
    first = {segment.text: segment for segment in reversed(segments)}
    return tuple(
        segment
        for segment in segments
        if first[segment.text] is segment and screening.allows(segment.start, segment.end)
    )


def usable(own: Sequence[Segment], statements: Sequence[frozenset[str]]) -> tuple[Segment, ...]:
    """Return the segments that may show that a criterion is met, in order."""
    return tuple(
        segment
        for segment in own
        if not dismisses(segment.text) and not promises(segment.text, statements)
    )


def promises(text: str, statements: Sequence[frozenset[str]]) -> bool:
    """Tell whether a sentence only says a criterion's statement over again."""
    own = frozenset(content_stems(text))
    if len(own) < 4:
        return False
    return any(
        len(own & statement) >= 0.8 * len(own) and len(own & statement) >= 0.6 * len(statement)
        for statement in statements
    )
