"""Answers a candidate's clarifying question from the facts of the question, and never beyond."""

import re
from collections.abc import Sequence

ASSUME = "That is yours to decide: state your assumption and go on."

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+")
_STOP = frozenset(
    {
        *("about", "also", "and", "any", "are", "been", "both", "can", "could", "did", "does"),
        *("each", "for", "from", "had", "has", "have", "how", "its", "just", "like", "many"),
        *("more", "most", "much", "need", "not", "often", "only", "our", "out", "over", "per"),
        *(
            "second",
            "seconds",
            "should",
            "some",
            "such",
            "than",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
        ),
        *("these", "they", "this", "those", "use", "used", "using", "very", "was", "were"),
        *("what", "when", "where", "which", "while", "who", "why", "will", "with", "would"),
        *("you", "your"),
    }
)
STEM = 5
"""Letters that two words share to count as one: latency and latencies, train and training."""


def fact_for(asked: str, facts: Sequence[str]) -> str | None:
    """Return the fact that shares most words with what was asked; None when none does."""
    wanted = _stems(asked)
    scored = [(len(wanted & _stems(fact)), -n, fact) for n, fact in enumerate(facts)]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] else None


def in_words_of(fact: str, words: str, known: str) -> str:
    """Return the fact as it was put into words, or as it stands where a figure was invented.

    `known` is what the candidate has read or asked already; figures from there may be repeated.
    """
    figures = frozenset(_FIGURE.findall(words))
    return words if figures <= frozenset(_FIGURE.findall(f"{fact} {known}")) else fact


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:STEM] for word in words if len(word) > 2 and word not in _STOP)
