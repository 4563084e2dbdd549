"""Makes a candidate's words harmless to send: what could pass for a fence or a role is changed.

Only what is sent is changed. Evidence is located in the answer as it was submitted.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

_OPENED, _CLOSED, _SQUARE = "\u2039", "\u203a", "\u27e6"
"""Single angle quotation marks and a white square bracket: look-alikes that mean nothing."""
_TAG = re.compile(r"<(?=[/|!?<]|\w)")
_CLOSING = re.compile(r"\|>")
_BRACKETED = re.compile(r"\[(?=/?[A-Z_]{3,}\])")
_FENCE = re.compile(r"`{3,}|~{3,}|-{5,}|={5,}|#{3,}")
_STACKED = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Unicode categories of control, format (zero-width and bidirectional among them), private,
surrogate and unassigned characters."""


def neutralise(text: str) -> str:
    """Return the text on one line, without unseen characters and without anything tag-like.

    `<` before a name, a slash or a bar becomes a look-alike, so that neither our fence nor a chat
    template's own marks can be forged; `p99 < 300 ms` stays as it is.
    """
    line = " ".join(_seen(text).split())
    line = _TAG.sub(_OPENED, line)
    line = _CLOSING.sub(f"|{_CLOSED}", line)
    line = _BRACKETED.sub(_SQUARE, line)
    line = _FENCE.sub(lambda match: match.group()[:2], line)
    return _STACKED.sub(r"\1", line)


def as_typed(words: str) -> str:
    """Return words that a model copied from neutralised text as the candidate typed them."""
    return words.replace(_OPENED, "<").replace(_CLOSED, ">").replace(_SQUARE, "[")


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _UNSEEN
    )


class FenceTokens:
    """Makes the random token of a fence: one per answer, which its author cannot know.

    All calls for one answer share the token, so that they share a prefix in a provider's cache.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def token(self, answer: str) -> str:
        """Return 8 hex digits: a keyed hash of the answer under a key of this process."""
        text = answer.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:8]
