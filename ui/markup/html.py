"""Builds HTML in which every piece of text is escaped, whoever wrote it.

Only `Html` passes unescaped, and only `tag`, `join` and `text` make it; so an answer, a model's
reason or a question file can never become markup.
"""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "hr"})


class Html(str):
    """Markup that is safe to show."""

    __slots__ = ()


def text(words: str) -> Html:
    """Return words as they are, with everything that could be markup escaped."""
    return words if isinstance(words, Html) else Html(escape(words, quote=True))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Return the parts one after the other."""
    return Html(text(between).join(text(part) for part in parts))


def tag(name: str, *children: str, **attributes: str | int | None) -> Html:
    """Return one element; `class_` becomes `class`, `aria_label` becomes `aria-label`.

    An attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def div(class_: str, *children: str, **attributes: str | int | None) -> Html:
    """Return a block of our own class."""
    return tag("div", *children, class_=class_, **attributes)


def span(class_: str, *children: str, **attributes: str | int | None) -> Html:
    """Return a run of words of our own class."""
    return tag("span", *children, class_=class_, **attributes)


def heading(level: int, words: str, class_: str = "") -> Html:
    """Return a heading of ours; Streamlit's own add anchors and sizes that we do not want."""
    return tag(f"h{level}", words, class_=f"mi-h{level} {class_}".strip())


def items(class_: str, rows: Iterable[str], label: str | None = None) -> Html:
    """Return a list; plain `ul` would get Streamlit's indent."""
    return div(
        class_,
        *(div("mi-item", row, role="listitem") for row in rows),
        role="list",
        aria_label=label,
    )
