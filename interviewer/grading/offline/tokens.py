"""Turns text into the tokens that signals are matched on.

Words are stemmed; figures, units and number words come in one form each, so that "0.2", "five
minutes", "80 per cent" and "200 milliseconds" are found however they are written.
"""

import re
from dataclasses import dataclass

from interviewer.grading.folding import fold
from interviewer.grading.words import stem, word_set

_TOKEN = re.compile(r"(?P<number>\d+(?:[.,:]\d+)*)|(?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]{1,2}\b)?)"
                    r"|(?P<sign>[%$€£])")  # fmt: skip
_ALIAS = re.compile(
    r"[^\W_#]*#[^\W_]*|\d+(?:[.,:]\d+)*|[^\W\d_][^\W_]*\*?(?:'[^\W\d_]{1,2}\b)?|[%$€£]"
)
_UNITS = {
    "percent": "%", "percentage": "%", "pct": "%", "millisecond": "ms", "millis": "ms",
    "msec": "ms", "sec": "second", "secs": "second", "min": "minute", "mins": "minute",
    "hr": "hour", "hrs": "hour", "gigabyte": "gb", "gigabytes": "gb", "gib": "gb",
    "megabyte": "mb", "megabytes": "mb", "mib": "mb", "terabyte": "tb", "terabytes": "tb",
    "rps": "qps", "tps": "qps",
}  # fmt: skip
_NUMBER_WORDS = word_set(
    """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty
    forty fifty sixty seventy eighty ninety hundred thousand million billion half third
    quarter tenth fifth dozen twice"""
)
NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its stem, and the word itself for prefixes (`drift*`)."""

    stem: str
    word: str
    is_number: bool
    hyphenated: bool
    """Whether a hyphen or nothing at all joins it to the token before it."""


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order."""
    folded = fold(text).text
    tokens: list[Token] = []
    last = -2
    for match in _TOKEN.finditer(folded):
        joined = match.start() - last <= 1 and folded[last : match.start()] in {"", "-", "/"}
        tokens.append(_token(match, joined))
        last = match.end()
    return tuple(_without_split_per_cent(tokens))


def _token(match: re.Match[str], joined: bool) -> Token:
    word = match.group()
    if match["number"]:
        return Token(word.replace(",", ""), word, True, joined)
    if match["sign"]:
        return Token(word, word, False, joined)
    unit = _UNITS.get(word, _UNITS.get(word.removesuffix("s"), word))
    return Token(stem(unit), unit, word in _NUMBER_WORDS, joined)


def _without_split_per_cent(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.word == "cent" and kept and kept[-1].word == "per":
            kept[-1] = Token("%", "%", False, False)
        else:
            kept.append(token)
    return kept


def alias_tokens(alias: str) -> tuple[str, ...]:
    """Return the parts of an alias; `*` and `#` stay where they stand."""
    found: list[str] = []
    for match in _ALIAS.finditer(fold(alias).text):
        part = match.group()
        found += part.replace("#", " # ").split() if part.startswith("#") else [part]
    return tuple(_UNITS.get(part, part) for part in found)
