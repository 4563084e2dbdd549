"""What a page shows when there is nothing to show, or when something failed."""

from ui.markup.html import Html, div, heading, tag


def state(title: str, *sentences: str, tone: str = "") -> Html:
    """Return a quiet panel: what happened, and what to do."""
    class_ = f"mi-state mi-state-{tone}" if tone else "mi-state"
    return div(class_, heading(2, title), *(tag("p", each) for each in sentences))


def alert(title: str, *sentences: str) -> Html:
    """Return a panel for a failure; screen readers say it at once."""
    return div(
        "mi-state mi-state-error",
        heading(2, title),
        *(tag("p", each) for each in sentences),
        role="alert",
    )
