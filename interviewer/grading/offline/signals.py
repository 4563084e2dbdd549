"""Matches the alias groups of a criterion against the tokens of a segment or a window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from interviewer.domain.rubric import Signal
from interviewer.grading.offline.tokens import NUMBER, Token, alias_tokens
from interviewer.grading.words import stem

GAP = 1
"""Words that may stand between two words of a phrase ("online [feature] store")."""
TYPO_LENGTH = 6
"""Shortest stem that may be found with one letter wrong."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of an alias."""

    text: str
    is_prefix: bool
    is_number: bool

    def fits(self, token: Token) -> bool:
        if self.is_number:
            return token.is_number
        if self.is_prefix:
            return token.word.startswith(self.text) or token.stem.startswith(self.text)
        return token.stem == self.text or _is_typo(self.text, token.stem)


@dataclass(frozen=True, slots=True)
class _Alias:
    parts: tuple[_Part, ...]
    joined: str
    """The phrase written as one word, as in `allreduce` for `all-reduce`."""

    def stands_in(self, tokens: Sequence[Token], fitting: "Fitting") -> bool:
        first = fitting.of(self.parts[0])
        for start, token in enumerate(tokens):
            if token in first and self._goes_on(tokens, start):
                return True
            if self.joined and self._stands_joined(tokens, start):
                return True
        return False

    def may_stand(self, fitting: "Fitting") -> bool:
        """Tell whether all of its words stand anywhere in the answer."""
        if self.joined in fitting.joined:
            return True
        return all(fitting.of(part) for part in self.parts)

    def _goes_on(self, tokens: Sequence[Token], at: int) -> bool:
        for part in self.parts[1:]:
            following = tokens[at + 1 : at + 2 + GAP]
            step = next((n for n, token in enumerate(following) if part.fits(token)), None)
            if step is None:
                return False
            at += 1 + step
        return True

    def _stands_joined(self, tokens: Sequence[Token], at: int) -> bool:
        token = tokens[at]
        if len(self.parts) > 1:
            return self.joined in (token.stem, token.word)
        following = tokens[at + 1 : at + 2]
        if not following or not following[0].hyphenated:
            return False
        return token.word + following[0].word in (self.joined, f"{self.joined}s")


class Fitting:
    """The tokens of an answer, and which of them fit a part of an alias."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        listed = tuple(tokens)
        self._distinct = tuple(dict.fromkeys(listed))
        pairs = (left.word + right.word for left, right in pairwise(listed) if right.hyphenated)
        self.joined = frozenset(pairs).union(*((t.stem, t.word) for t in self._distinct))
        self._by_stem: dict[str, list[Token]] = {}
        for token in self._distinct:
            self._by_stem.setdefault(token.stem, []).append(token)
        self._known: dict[_Part, frozenset[Token]] = {}

    def of(self, part: _Part) -> frozenset[Token]:
        """Return the tokens that the part fits."""
        if part not in self._known:
            self._known[part] = frozenset(t for t in self._candidates(part) if part.fits(t))
        return self._known[part]

    def _candidates(self, part: _Part) -> Sequence[Token]:
        """Return the tokens worth asking: all of them only where endings or slips may differ."""
        if part.is_number or part.is_prefix or len(part.text) >= TYPO_LENGTH:
            return self._distinct
        return self._by_stem.get(part.text, ())


@lru_cache(maxsize=200_000)
def _is_typo(wanted: str, found: str) -> bool:
    """Tell whether one letter slipped; a change at the end makes another word, not a slip."""
    if wanted[0] != found[0] or len(wanted) < TYPO_LENGTH or len(found) < TYPO_LENGTH - 1:
        return False
    if abs(len(wanted) - len(found)) > 1 or OSA.distance(wanted, found, score_cutoff=1) > 1:
        return False
    if len(wanted) == len(found):
        return wanted[-2:] == found[-2:] or sorted(wanted) == sorted(found)
    return wanted[-1] == found[-1]


@lru_cache(maxsize=50_000)
def _compile(alias: str) -> _Alias | None:
    written = alias_tokens(alias)
    if not written:
        return None
    parts = tuple(
        _Part(text=NUMBER, is_prefix=False, is_number=True)
        if part == NUMBER
        else _Part(text=part[:-1], is_prefix=True, is_number=False)
        if part.endswith("*")
        else _Part(text=stem(part), is_prefix=False, is_number=False)
        for part in written
    )
    plain = all(part[-1] not in "*#" for part in written)
    return _Alias(parts, "".join(written) if plain else "")


class Group:
    """One signal, ready to be looked for."""

    def __init__(self, signal: Signal) -> None:
        self.count = signal.count
        self._aliases = [found for alias in signal.any if (found := _compile(alias)) is not None]

    def hits(
        self, segments: Sequence[Sequence[Token]], fitting: Fitting
    ) -> tuple[frozenset[int], ...]:
        """Return, for each segment, the positions of the aliases that stand in it."""
        possible = [(n, a) for n, a in enumerate(self._aliases) if a.may_stand(fitting)]
        return tuple(
            frozenset(n for n, alias in possible if alias.stands_in(tokens, fitting))
            for tokens in segments
        )


def groups_of(signals: Iterable[Signal]) -> tuple[Group, ...]:
    """Return the groups of a criterion in the order of the file."""
    return tuple(Group(signal) for signal in signals)
