"""Finds the files that we ship, in a checkout and in an installed wheel alike.

A checkout keeps `rubrics/`, `prompts/` and `ui/` at its top; the wheel carries the same three
folders below `interviewer/bundle/` so that nothing of ours lies loose in site-packages.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "bundle"


def _root() -> Path:
    return _BUNDLE if _BUNDLE.is_dir() else _PACKAGE.parent


def rubrics() -> Path:
    """Return the folder of the question bank that we ship."""
    return _root() / "rubrics"


def prompts() -> Path:
    """Return the folder of the prompt files."""
    return _root() / "prompts"


def ui() -> Path:
    """Return the folder of the Streamlit app; its parent must be on the path of the process."""
    return _root() / "ui"


def artefact(name: str) -> Path:
    """Return a model, table or other binary that we ship, such as `matcher/tokenizer.json`."""
    return _PACKAGE / "artefacts" / name
