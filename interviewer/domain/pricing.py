"""What a model's tokens cost."""

from pydantic import Field

from interviewer.domain.base import Model


class Price(Model):
    """US dollars per million tokens."""

    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    """For input tokens that the provider had cached; None means the price of `input`."""
    output: float = Field(ge=0)
