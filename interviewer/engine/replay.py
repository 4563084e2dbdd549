"""A check on replays: each step's result carries its own key, and stands in its own place."""

from collections.abc import Sequence

from interviewer.grading.grader import PartRulings


class ReplayMixUp(AssertionError):
    """A replayed step carried another part's result; the engine's rules were broken."""


def check_replay(keys: Sequence[str], written: Sequence[str]) -> tuple[PartRulings, ...]:
    """Return the parts' results. Raises: ReplayMixUp when one stands in another's place."""
    parts = tuple(PartRulings.model_validate_json(each) for each in written)
    for key, part in zip(keys, parts, strict=True):
        if part.part != key:
            raise ReplayMixUp(f"The step of {key!r} holds the result of {part.part!r}.")
    return parts
