"""Our style sheets, as one block; colours follow Streamlit's light and dark by themselves."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def style() -> str:
    """Return all our CSS as one element for the page."""
    sheets = [each.read_text(encoding="utf-8") for each in sorted(_HERE.glob("*.css"))]
    return "<style>" + "\n".join(sheets) + "</style>"
