"""Counts tokens offline, with the table that we ship; the only module that knows tiktoken.

The table is o200k_base, which OpenAI's present models use. For other models it is an estimate:
within a fifth for English on the tokenizers of the common open models.
"""

import base64
from functools import cached_property, lru_cache

import tiktoken

from interviewer.resources import artefact

_WORD_ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_UPPER, _LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
_SPLIT = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_WORD_ENDINGS}",
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_WORD_ENDINGS}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
"""How o200k_base cuts text before merging, as its definition says."""


class Tokens:
    """Counts tokens; the table is read on the first count (about a second, once a process)."""

    def __init__(self) -> None:
        self._count_cached = lru_cache(maxsize=1_024)(self.count)

    @cached_property
    def _encoding(self) -> tiktoken.Encoding:
        table = artefact("o200k_base.tiktoken").read_bytes()
        ranks = {
            base64.b64decode(piece): int(rank)
            for piece, rank in (line.split() for line in table.splitlines() if line)
        }
        return tiktoken.Encoding(
            "o200k_base", pat_str=_SPLIT, mergeable_ranks=ranks, special_tokens={}
        )

    def count(self, text: str) -> int:
        """Return the number of tokens; text such as `<|endoftext|>` is just text."""
        return len(self._encoding.encode(text, disallowed_special=()))

    def estimate(self, text: str) -> int:
        """Return the tokens of a text, each paragraph by itself: one more or less for each.

        Paragraphs are remembered: those of one answer's calls are mostly the same.
        """
        return sum(self._count_cached(f"{part}\n\n") for part in text.split("\n\n"))
