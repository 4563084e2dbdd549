"""How numbers are written on screen."""

from datetime import datetime


def percent(value: float | None) -> str:
    """Return a percentage without decimals, or a dash where there is none."""
    return "–" if value is None else f"{rounded(value)}%"


def rounded(value: float) -> int:
    """Return the nearest whole number, halves up, as people expect of a score."""
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)


def signed(value: float) -> str:
    """Return a change in points with its sign, such as +8 or −3."""
    whole = rounded(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "±0"


def gain(value: float) -> str:
    """Return what a missing point is worth, with one decimal below ten."""
    return f"+{value:.0f}" if value >= 9.95 else f"+{value:.1f}"


def points(value: float) -> str:
    """Return points without needless decimals."""
    return f"{value:g}"


def dollars(value: float | None) -> str:
    """Return a cost with as many decimals as small sums need; unknown prices say so."""
    if value is None:
        return "cost unknown"
    if value == 0:
        return "$0"
    return f"${value:.2f}" if value >= 0.1 else f"${value:.4f}"


def duration(seconds: float | None) -> str:
    """Return a time span in the largest units that matter."""
    if seconds is None:
        return "–"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return (
        f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
    )


def day(moment: datetime) -> str:
    """Return a date such as 3 Nov 2026."""
    return f"{moment.day} {moment:%b %Y}"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return a count with its noun, such as 1 try or 3 tries."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
