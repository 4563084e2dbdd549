"""Who rows belong to."""

LOCAL = "local"
"""The owner of everything where nobody signs in."""
