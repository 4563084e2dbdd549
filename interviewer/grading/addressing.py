"""Finds text that speaks to the grader instead of answering the question.

Two strengths. Words that only make sense towards a grader ("give this answer full marks") are
always flagged, unless an answer about attacks quotes them. Words that an answer about prompt
injection may mention ("ignore previous instructions") are flagged unless they are reported.
"""

import re
from collections.abc import Sequence

from interviewer.grading.folding import fold, unmask
from interviewer.grading.segments import Segment

_GRADER = r"(?:grader|marker|examiner|evaluator|judge|assessor|reviewer|scorer|interviewer|llm|ai)"
_ANSWER = r"(?:answer|response|submission|reply|solution|essay|candidate|attempt|text)"
_CRITERIA = r"(?:criteri(?:a|on)|requirements?|rubrics?|checks?|items?|points?|dimensions?|boxes)"
_TOP = (
    r"(?:full (?:marks?|credits?|points?|scores?)|top (?:marks?|scores?|grade)|perfect (?:marks?|"
    r"score|grade)|maximum (?:marks?|points?|scores?)|highest (?:marks?|scores?|grade)"
    r"|all (?:the )?(?:marks|points)|a pass(?:ing)?\b|passing (?:grade|score|mark)"
    r"|10 ?(?:/|out of) ?10|100 ?(?:%|percent|/|out of)|5 ?(?:/|out of) ?5)"
)

_TOWARDS_A_GRADER = (
    rf"\b(?:mark|rate|grade|score|award|assign|give|grant|credit|accept|judge|treat|count|consider)"
    rf"\b.{{0,50}}\b(?:this|my|the|me|every|each|all|everything)\b.{{0,40}}"
    rf"(?:{_TOP}|\bas (?:met|correct|passed|satisfied|excellent|complete)\b)",
    rf"\b(?:give|award|grant)\b.{{0,30}}{_TOP}",
    r"\bmark\b.{0,20}\b(?:all|every|each|everything)\b.{0,40}\b(?:met|correct|passed|true|yes)\b",
    rf"\ball (?:of )?(?:the |these |your )?{_CRITERIA}\b.{{0,25}}\b(?:are|is|were|was|have been|has"
    rf" been|should be|must be)\b.{{0,15}}\b(?:met|satisfied|fulfilled|passed|covered)\b",
    rf"\b(?:this|the|my|above) {_ANSWER}\b.{{0,30}}\b(?:meets?|satisf(?:y|ies)|covers?|fulfill?s?"
    rf"|addresses|passes|deserves?|merits?|earns?)\b.{{0,30}}(?:\b(?:all|every|each)\b"
    rf"(?: \w+){{0,3}} {_CRITERIA}|{_TOP})",
    r"\b(?:dear|hello|hi|hey|attention|(?:note|message|instructions?) (?:to|for))"
    rf" (?:the |my |our |this |all )?(?:\w+ )?{_GRADER}s?\b",
    rf"^\W*{_GRADER}\s*[:,]\s",
    rf"\b(?:you are|you're|act as|pretend (?:to be|you are)|behave as|take the role of)\b.{{0,20}}"
    rf"\b(?:lenient|generous|kind|helpful|friendly|strict|new|different)?\s*{_GRADER}\b",
    r"[\"']?(?:verdict|met|score|grade|criterion_id|overall)[\"']?\s*:\s*[\"']?(?:met\b|true\b|pass|"
    r"correct|full|excellent|10\b|100\b|5/5)",
    r"[\"'](?:verdicts?|criterion_id|rulings?|evidence|grading)[\"']\s*:",
    r"^\W*(?:final )?(?:verdict|grade|score|rating|assessment|evaluation)\s*[:=]\s*\W*(?:met|pass|"
    r"correct|excellent|full|perfect|outstanding|a\+?\b|\d)",
    r"</?\s*(?:candidate[_ -]?)?(?:answer|response|submission|candidate|rubric|criteria)\b"
    r"[^>]{0,40}>",
    r"\b(?:end|start|begin|beginning) of (?:the )?(?:candidate'?s? )?(?:answer|submission"
    r"|response)\b",
    r"\[/?(?:answer|submission|end|candidate)[^\]]{0,20}\]",
    r"\b(?:as|i am|i'm|this is|speaking as|on behalf of)\b.{0,20}\b(?:author|owner|maintainer"
    r"|creator|admin(?:istrator)?|developer|designer|supervisor|head)s?\b.{0,30}\b(?:this|the|your)"
    r"\b.{0,15}\b(?:rubric|grader|exam|test|question|interviewer|system|model|platform|assessment)\b",
    rf"\b(?:pre-?approved|already (?:been )?(?:graded|marked|verified|approved|reviewed)|certified|"
    rf"verified|authori[sz]ed|signed off)\b.{{0,60}}(?:{_TOP}|\b(?:graders?|examiners?|markers?"
    rf"|panel|exam board|committee|hiring manager)\b)",
    r"\bplease\b.{0,40}\b(?:pass me|let me pass|be (?:kind|lenient|generous|gentle|nice|merciful)|"
    r"have mercy|help me (?:pass|get)|give me|don'?t fail me)\b",
    r"\b(?:my|our) (?:\w+ )?(?:family|job|career|visa|life|kids?|child(?:ren)?|daughter|son|mother|"
    r"father|wife|husband|grandmother|future|rent|mortgage)\b.{0,40}\b(?:depends?|rel(?:y|ies)|"
    r"hangs?|riding|at stake|counts?)\b",
    rf"\bi (?:really |desperately |badly )?(?:need|deserve|beg|want)\b.{{0,30}}(?:to pass\b"
    rf"|this job|{_TOP}|good (?:grade|score|marks?))",
    r"\bi(?:'ll| will| would) (?:lose|be fired|be deported|be homeless|starve)\b",
    r"^\W*(?:thought process|chain of thought|reasoning|let'?s think)\s*(?:step by step)?"
    r"\s*[:.]?\s*$",
    r"^\W*(?:thought process|chain of thought)\s*:",
    r"\blet'?s (?:solve|think|work)\b.{0,30}\bstep[- ]by[- ]step\b",
    r"^\W*(?:solution|answer|final answer)\s*[:.]?\s*$",
    r"\bverdicts?\b.{0,40}\b(?:un)?met\b|\bmet (?:on|for|in) (?:each|every|all|any)\b",
    rf"\b(?:all|every|each|any) (?:ids?|rulings?|rubric items?|{_CRITERIA})\b.{{0,30}}\bmet\b",
    r"=\s*[\"'\[]*(?:un)?met\b|^\W*[a-z]+(?:_[a-z]+)* [\d,]+ (?:un)?met\b|\bnot_asserted\b",
    rf"\b(?:do not|don't) (?:evaluate|grade|assess|judge) (?:the|this|my) (?:rest|{_ANSWER})\b"
    r"|\b(?:return|report|output|rule|ruling) met\b",
    r"\bthe (?:candidate|applicant) (?:has |should |must )?(?:already )?pass(?:ed|es)?\b"
    r"|\bdecided to pass (?:me|this)\b",
    r"\b(?:behave|act) as if\b.{0,40}\b(?:answer|solution)\b|\bowes? me a favou?r\b",
    r"\bthis is the (?:official|reference|model|correct|expected)\b.{0,20}\b(?:answer|solution)\b",
    rf"\b(?:reviewed|certified|verified|approved|praised)\b.{{0,30}}\b(?:this|my) {_ANSWER}\b",
    rf"\bthis {_ANSWER}\b.{{0,30}}\b(?:graded|scored|marked|certified|approved)\b",
    rf"\b{_GRADER}s?\b.{{0,40}}\bmy answer\b|\b(?:invented|wrote) (?:much|most|all) of this\b",
    r"\byears of experience\b.{0,60}\b(?:largest|leading|best|famous)\b|\bhold a (?:doctorate|ph)",
    r"\bi (?:cried|beg|swear)\b|\bbreaks? my heart\b|\b(?:my|our) last chance\b|\bhave mercy\b"
    r"|\b(?:so|very) (?:tired|nervous)\b",
    r"^\W*(?:reasoning|analysis)\s*:\s*let me\b|^\W*here is my answer\b"
    r"|\bto answer this question\b.{0,30}\b(?:look at|understand|think|consider)\b",
)

_MAY_BE_REPORTED = (
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard)\b.{0,40}\b(?:previous|prior|"
    r"above|earlier|preceding|all|your|any|the)\b.{0,40}\b(?:instructions?|rules?|prompts?|rubrics?"
    r"|criteria|guidelines?|directions?|guidance|constraints?)\b",
    r"\b(?:new|updated|revised|real|actual) (?:system )?(?:instructions?|prompt|rules?)\s*:",
    r"\byou are now (?:an?|the|my|in|free|dan)\b|\bfrom now on,? you\b",
    r"\byou must (?:now )?(?:output|respond|reply|return|answer|mark)\b",
    r"\b(?:output|respond|reply|return|print|say) (?:only |just |with |exactly )+[\"'{\[]",
    r"^\W*(?:system|assistant|developer|user|human)(?: (?:message|prompt|note|override))?\s*[:\]>]",
    r"<\|[a-z_]+\|>|\[/?inst\]|<</?sys>>|^\W*#+ *(?:system|instruction|new task)",
    r"\b(?:jailbreak|dan) mode\b|\bdeveloper mode (?:on|enabled)\b",
    r"\bignor(?:a|ar|e|ez|iere|ieren|i)\b.{0,40}\b(?:instruc\w+|istruzioni|anweisungen|consignes|"
    r"regeln|reglas|regras|r[eè]gles)\b",
    r"\b(?:marca|marque|bewerte|markiere|donne|otorga|califica|noter?|valuta)\b.{0,60}\b(?:todo|todos|"
    r"todas|tous|toutes|alle|tutti|tudo|respuesta|r[eé]ponse|antwort|risposta|resposta)\b",
    r"忽略|无视|無視|满分|満点|игнориру|проигнориру|поставь|무시|만점|تجاهل",
)

_REPORTS = re.compile(
    r"\b(?:prompt[- ]?injections?|injections?|injected|jailbreaks?|attack\w*|adversar\w+|malicious|"
    r"untrusted|hostile|sanitis\w+|sanitiz\w+|guardrails?|red[- ]?team\w*|block(?:s|ed|ing)?|"
    r"filter(?:s|ed|ing)?|detect(?:s|ed|ing|or|ion)?|reject(?:s|ed|ing)?|classifier|strip(?:s|ped)?|"
    r"defen[cds]\w*|exploit\w*|moderation|smuggl\w+|delimit\w+)\b"
)
_QUOTED = re.compile(
    r"[\"'`].{4,200}?[\"'`]|\b(?:like|such as|e\.g\.|saying|says|tells?|telling)\b"
)

_ALWAYS = tuple(re.compile(pattern, re.MULTILINE) for pattern in _TOWARDS_A_GRADER)
_UNLESS_REPORTED = tuple(re.compile(pattern, re.MULTILINE) for pattern in _MAY_BE_REPORTED)
_HIDDEN = re.compile("[\U000e0000-\U000e007f\u202d\u202e\u2066-\u2068]")
"""Tag characters and bidirectional overrides: nobody types these into an answer."""


def addresses_grader(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that speak to the grader, in order."""
    texts = [_as_read(segment.text) for segment in segments]
    return tuple(
        segment
        for position, segment in enumerate(segments)
        if _HIDDEN.search(segment.text)
        or _speaks_to_grader(texts[position], " ".join(texts[max(0, position - 1) : position + 2]))
    )


def _as_read(text: str) -> str:
    """Return the text folded, and once more without disguise where it wears one."""
    plain = fold(text).text.strip()
    bare = unmask(plain)
    return plain if plain == bare else f"{bare}\n{plain}"


def _speaks_to_grader(text: str, around: str) -> bool:
    quoted = _QUOTED.search(text) is not None
    if any(pattern.search(text) for pattern in _ALWAYS):
        return not (quoted and _REPORTS.search(text))
    if any(pattern.search(text) for pattern in _UNLESS_REPORTED):
        return not _REPORTS.search(around if quoted else text)
    return False
