"""Words of a text with their offsets, their light stems, and which of them carry no content."""

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.grading.folding import Folded, fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]{1,2}\b)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def word_set(spaced: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces between them."""
    return frozenset(spaced.split())


FUNCTION_WORDS = word_set(
    """a about above after again all also although am an and another any are as at be
    because been before being below between both but by can cannot could did do does
    doing done down during each either else even ever every few for from further get
    gets getting go goes going got had has have having he her here hers him his how
    however i i'd i'll i'm i've if in into is isn't it it's its itself just let lets
    like may me might mine more most much must my neither no nor not now of off often on
    once one only onto or other others otherwise our ours out over own per perhaps
    rather really same shall she should since so some something still such than that
    that's the their them then there therefore these they thing things this those though
    through thus to too toward towards under until up upon us very via was we we'd we'll
    we're we've were what when where whether which while who whom whose why will with
    within without would yes yet you you're your yours don't doesn't didn't won't
    wouldn't can't shouldn't aren't wasn't weren't"""
)

_IRREGULAR = {
    "ran": "run", "kept": "keep", "built": "build", "wrote": "writ", "written": "writ",
    "chose": "choos", "chosen": "choos", "spent": "spend", "sent": "send", "held": "hold",
    "lost": "los", "cost": "cost", "broke": "break", "broken": "break", "grew": "grow",
    "grown": "grow", "fell": "fall", "fallen": "fall", "split": "split", "read": "read",
    "saw": "see", "seen": "see", "took": "tak", "taken": "tak", "gave": "giv", "given": "giv",
    "drew": "draw", "drawn": "draw", "found": "find", "left": "leav", "made": "mak",
    "froze": "freez", "frozen": "freez", "fed": "feed", "paid": "pay", "said": "say",
    "went": "go", "gone": "go", "told": "tell", "bought": "buy", "brought": "bring",
    "caught": "catch", "taught": "teach", "thought": "think", "led": "lead", "met": "meet",
    "rose": "rise", "risen": "rise", "shrank": "shrink", "shrunk": "shrink", "slept": "sleep",
    "stood": "stand", "threw": "throw", "thrown": "throw", "children": "child",
    "indices": "index", "indexes": "index", "analyses": "analysis", "data": "data",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word as folded, and where it stands in the original text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def words(original: str) -> tuple[Word, ...]:
    """Return the words of a text; `state-of-the-art` is four of them."""
    return words_of(fold(original))


def words_of(folded: Folded) -> tuple[Word, ...]:
    """Return the words of a folded text with their offsets in the original."""
    return tuple(
        Word(match.group(), *folded.span(match.start(), match.end()))
        for match in _WORD.finditer(folded.text)
    )


@lru_cache(maxsize=8_192)
def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that are not function words, in order, with repeats."""
    return tuple(stem(word.text) for word in words(text) if word.text not in FUNCTION_WORDS)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a light stem: plural, -ing, -ed, final -e and -ize/-ise fold; nothing else does."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isalpha():
        return word.removesuffix("'s") if "'" in word else word
    return _without_final_e(_without_ending(_british(_singular(word))))


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _british(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})iz(?=(?:e|ed|ing|ation)$)", "is", word)


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base == word or len(base) < 3 or not re.search("[aeiouy]", base):
            continue
        if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
            return base[:-1]
        if base[-1] == base[-2] == "l" and len(base) > 5:
            return base[:-1]
        return base[:-1] + "y" if base.endswith("i") else base
    return word


def _without_final_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("e") and word[-2] not in "aeiou" else word


def has_number(text: str) -> bool:
    """Tell whether any figure stands in the text."""
    return _NUMBER.search(text) is not None
